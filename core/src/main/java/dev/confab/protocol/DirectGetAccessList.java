package dev.confab.protocol;

import java.util.List;

/**
 * The names in one of the asker's own lists for direct messages.
 *
 * <p>Errors: {@code noList}.
 *
 * @param list the list's name, see {@link DirectList}
 */
public record DirectGetAccessList(String list) implements UserCommand<List<String>> {

    /**
     * The command for a list that exists.
     *
     * @param list the list
     * @return the command
     */
    public static DirectGetAccessList of(DirectList list) {
        return new DirectGetAccessList(list.listName());
    }

    /**
     * The command.
     *
     * @param list the list's name, see {@link DirectList}
     * @return the command
     */
    public static DirectGetAccessList of(String list) {
        return new DirectGetAccessList(list);
    }
}
