/** The {@code confab} program: settings, the command line, logs, and a server with its page. */
@NullMarked
package dev.confab.server;

import org.jspecify.annotations.NullMarked;
