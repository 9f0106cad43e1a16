package dev.confab.protocol;

import java.util.List;

/**
 * Removes names from one of the asker's own lists for direct messages.
 *
 * <p>Errors: {@code noList}; {@code notAllowed} where the asker is among the names.
 *
 * @param list the list's name, see {@link DirectList}
 * @param names the names; may be empty, may repeat
 */
public record DirectRemoveFromList(String list, List<String> names) implements UserCommand<Done> {

    /** Copies the names. */
    public DirectRemoveFromList {
        names = List.copyOf(names);
    }

    /**
     * The command for a list that exists.
     *
     * @param list the list
     * @param names the names
     * @return the command
     */
    public static DirectRemoveFromList of(DirectList list, String... names) {
        return new DirectRemoveFromList(list.listName(), List.of(names));
    }

    /**
     * The command.
     *
     * @param list the list's name, see {@link DirectList}
     * @param names the names; may be empty, may repeat
     * @return the command
     */
    public static DirectRemoveFromList of(String list, List<String> names) {
        return new DirectRemoveFromList(list, names);
    }
}
