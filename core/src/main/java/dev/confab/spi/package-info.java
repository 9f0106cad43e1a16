/**
 * The ports of Confab and their laws. A {@link dev.confab.spi.Store} keeps rooms and users and announces what it
 * commits; a {@link dev.confab.spi.Transport} is a door through which connections come, and speaks a
 * {@link dev.confab.spi.Dialect}. Implementations pass the contracts of {@code confab-tck}.
 */
package dev.confab.spi;
