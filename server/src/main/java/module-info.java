import ch.qos.logback.classic.spi.Configurator;
import dev.confab.server.Logs;
import org.jspecify.annotations.NullMarked;

/** The {@code confab} program. It exports nothing: embedders take the core, a store and a door. */
@NullMarked
module dev.confab.server {
    requires dev.confab.bench;
    requires dev.confab.core;
    requires dev.confab.memory;
    requires dev.confab.netty;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires java.management;
    requires org.slf4j;
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    provides Configurator with
            Logs;
}
