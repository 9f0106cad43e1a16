package dev.confab.chatservice;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Value;

/** How errors are spelled. The contract's option {@code useRawErrorObjects} chooses between the two. */
public enum ErrorFormat {

    /** One string: {@code ChatServiceError: No such room lobby}. The default. */
    TEXT {
        @Override
        Value spell(ChatError error) {
            return Value.of(NAME + ": " + error.text());
        }
    },

    /** An object: {@code {"name":"ChatServiceError","code":"noRoom","args":["lobby"]}}. */
    OBJECT {
        @Override
        Value spell(ChatError error) {
            return Value.Obj.builder()
                    .put("name", Value.of(NAME))
                    .put("code", Value.of(error.code()))
                    .put("args", new Value.Arr(error.args()))
                    .build();
        }
    };

    private static final String NAME = "ChatServiceError";

    abstract Value spell(ChatError error);
}
