/**
 * What an embedder of Confab sees: {@link dev.confab.Confab} and its builder, options, the server-side view of rooms,
 * users and connections, and hooks.
 */
package dev.confab;
