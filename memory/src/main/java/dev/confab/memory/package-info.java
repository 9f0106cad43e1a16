/** The store inside this process; begin at {@link dev.confab.memory.MemoryStore}. */
@org.jspecify.annotations.NullMarked
package dev.confab.memory;
