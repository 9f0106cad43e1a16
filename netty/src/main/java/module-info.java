import org.jspecify.annotations.NullMarked;

/** The front door for Socket.IO clients, on Netty. */
@NullMarked
module dev.confab.netty {
    requires transitive dev.confab.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires org.jctools.core;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports dev.confab.netty;
}
