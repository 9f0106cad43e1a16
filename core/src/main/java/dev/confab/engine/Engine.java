package dev.confab.engine;

import dev.confab.Confab;
import java.io.IOException;

/** A running server. */
public final class Engine {

    private Engine() {}

    public static Confab start(Setup setup) throws IOException {
        throw new IOException("the engine is under construction: " + setup.options());
    }
}
