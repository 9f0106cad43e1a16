package dev.confab.server;

import java.util.List;
import java.util.Map;

/** A value as somebody wrote it, with the place where: a flag, an environment variable or a line of a file. */
sealed interface Node {

    /**
     * Where it was written.
     *
     * @return words for people, such as {@code flag --port} or {@code confab.yaml:3}
     */
    String place();

    /** Plain text. */
    record Text(String place, String text) implements Node {}

    /** A list; only files have them. */
    record Items(String place, List<Node> items) implements Node {}

    /** Keys and their values, in the order of the file; only files have them. */
    record Fields(String place, Map<String, Node> fields) implements Node {}
}
