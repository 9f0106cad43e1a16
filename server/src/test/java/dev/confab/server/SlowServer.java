package dev.confab.server;

import dev.confab.Before;
import dev.confab.protocol.RoomMessage;

/** {@code confab} with hooks that say what happens; a message takes until a line comes on standard input. */
final class SlowServer {

    private SlowServer() {}

    public static void main(String[] args) {
        System.exit(new Main(
                        System.out,
                        System.err,
                        System.getenv(),
                        server -> server.before(RoomMessage.class, call -> {
                                    System.out.println("message begins");
                                    System.in.read();
                                    System.out.println("message ends");
                                    return Before.proceed(call.command());
                                })
                                .onDisconnect(end -> System.out.println("connection ends"))
                                .onClose(end -> System.out.println("server ends")))
                .run(args));
    }
}
