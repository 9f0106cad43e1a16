package dev.confab.server;

/** {@code confab} with a hook that breaks the start. */
final class FailingServer {

    private FailingServer() {}

    public static void main(String[] args) {
        System.exit(new Main(
                        System.out,
                        System.err,
                        System.getenv(),
                        server -> server.onStart(_ -> {
                            throw new IllegalStateException("no coffee");
                        }))
                .run(args));
    }
}
