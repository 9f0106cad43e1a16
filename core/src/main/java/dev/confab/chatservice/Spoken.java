package dev.confab.chatservice;

import dev.confab.protocol.Value;
import java.util.List;

/**
 * An event in the contract's words.
 *
 * @param name its name
 * @param args its arguments
 */
public record Spoken(String name, List<Value> args) {
    /** Copies the arguments. */
    public Spoken {
        args = List.copyOf(args);
    }
}
