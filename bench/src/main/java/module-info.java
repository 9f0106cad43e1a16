import org.jspecify.annotations.NullMarked;

/** The load tool behind {@code confab bench}. */
@NullMarked
module dev.confab.bench {
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires transitive info.picocli;
    requires static org.jspecify;
    // It names no module itself, so its file does: reason enough for nobody but the program to require this one.
    requires HdrHistogram;
    requires tools.jackson.databind;

    exports dev.confab.bench;

    opens dev.confab.bench to
            info.picocli;
}
