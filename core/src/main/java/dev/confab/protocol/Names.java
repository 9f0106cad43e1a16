package dev.confab.protocol;

/**
 * What a user or a room may be called: at least one character, none of the control characters U+0000–U+001F and
 * U+007F, and none of {@code : { }}. Anything else will do, in any script. A name longer than {@value #MAX_LENGTH}
 * UTF-16 units is not one, so that names can't fill the memory.
 */
public final class Names {

    /** The longest name, in UTF-16 units. */
    public static final int MAX_LENGTH = 1024;

    private Names() {}

    /**
     * Whether a name is one.
     *
     * @param name the name
     * @return true if it is
     */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7F || c == ':' || c == '{' || c == '}') {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets a valid name pass.
     *
     * @param name the name
     * @return the name
     * @throws ChatException {@code invalidName} where it is not valid
     */
    public static String check(String name) {
        if (!isValid(name)) {
            throw new ChatException(ChatError.invalidName(Value.of(name)));
        }
        return name;
    }
}
