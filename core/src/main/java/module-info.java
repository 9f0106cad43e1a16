import org.jspecify.annotations.NullMarked;

/** Rooms, presence and messages that don't get lost: the engine, its vocabulary and its ports. */
@NullMarked
module dev.confab.core {
    requires static transitive org.jspecify;

    exports dev.confab;
    exports dev.confab.chatservice;
    exports dev.confab.protocol;
    exports dev.confab.spi;
}
