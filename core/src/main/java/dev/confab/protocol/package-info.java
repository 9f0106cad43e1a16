/**
 * The vocabulary of Confab: what clients ask ({@link dev.confab.protocol.Command}), what they are told ({@link
 * dev.confab.protocol.Event}), how a request fails ({@link dev.confab.protocol.ChatError}), why a connection ends
 * ({@link dev.confab.protocol.CloseReason}), and the values and positions all of them are made of. Nothing here knows
 * how any of it is spelled on a wire.
 */
package dev.confab.protocol;
