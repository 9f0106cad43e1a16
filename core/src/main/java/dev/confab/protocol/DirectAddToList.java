package dev.confab.protocol;

import java.util.List;

/**
 * Adds names to one of the asker's own lists for direct messages.
 *
 * <p>Errors: {@code noList}; {@code notAllowed} where the asker is among the names; {@code invalidName}
 * for a name longer than {@link Names#MAX_LENGTH}; {@code listLimitExceeded}.
 *
 * @param list the list's name, see {@link DirectList}
 * @param names the names; may be empty, may repeat
 */
public record DirectAddToList(String list, List<String> names) implements UserCommand<Done> {

    /** Copies the names. */
    public DirectAddToList {
        names = List.copyOf(names);
    }

    /**
     * The command for a list that exists.
     *
     * @param list the list
     * @param names the names
     * @return the command
     */
    public static DirectAddToList of(DirectList list, String... names) {
        return new DirectAddToList(list.listName(), List.of(names));
    }

    /**
     * The command.
     *
     * @param list the list's name, see {@link DirectList}
     * @param names the names; may be empty, may repeat
     * @return the command
     */
    public static DirectAddToList of(String list, List<String> names) {
        return new DirectAddToList(list, names);
    }
}
