import org.jspecify.annotations.NullMarked;

/** The store inside this process: quick, bounded, and gone when the process ends. */
@NullMarked
module dev.confab.memory {
    requires transitive dev.confab.core;
    requires static org.jspecify;

    exports dev.confab.memory;
}
