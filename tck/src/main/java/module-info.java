import org.jspecify.annotations.NullMarked;

/**
 * For tests of servers, stores and transports: the contracts that every store and every transport keeps, the behaviour
 * that clients rely on, and a transport without a network.
 */
@NullMarked
module dev.confab.tck {
    requires transitive dev.confab.core;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires org.junit.jupiter.params;
    requires static transitive org.jspecify;

    exports dev.confab.tck;
    exports dev.confab.tck.behaviour;

    opens dev.confab.tck to
            org.junit.platform.commons;
    opens dev.confab.tck.behaviour to
            org.junit.platform.commons;
}
