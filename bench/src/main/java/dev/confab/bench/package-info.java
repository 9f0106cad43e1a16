/** Bare loops that Confab's figures stand beside: what this machine, this kernel and Netty cost without any protocol. */
@NullMarked
package dev.confab.bench;

import org.jspecify.annotations.NullMarked;
