package dev.confab.memory;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Names;
import dev.confab.protocol.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An access list: names in the order in which they were added. Its owner's lock guards it. */
final class NameSet {

    private Set<String> names = Set.of();

    NameSet(Collection<String> initial) {
        if (!initial.isEmpty()) {
            names = new LinkedHashSet<>(initial);
        }
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    List<String> toList() {
        return List.copyOf(names);
    }

    /** Adds names, all or none of them. */
    void add(String listName, List<String> added, int limit) {
        checkLengths(added);
        var lacking = new LinkedHashSet<>(added);
        lacking.removeIf(names::contains);
        if (lacking.isEmpty()) {
            return;
        }
        if (names.size() + (long) lacking.size() > limit) {
            throw new ChatException(ChatError.listLimitExceeded(listName));
        }
        if (names.isEmpty()) {
            names = lacking;
        } else {
            names.addAll(lacking);
        }
    }

    void remove(List<String> removed) {
        checkLengths(removed);
        if (!names.isEmpty()) {
            removed.forEach(names::remove);
            if (names.isEmpty()) {
                names = Set.of();
            }
        }
    }

    /** Names in lists need not be anybody's, but mustn't fill the memory either. */
    private static void checkLengths(List<String> given) {
        for (String name : given) {
            if (name.length() > Names.MAX_LENGTH) {
                throw new ChatException(ChatError.invalidName(Value.of(name)));
            }
        }
    }
}
