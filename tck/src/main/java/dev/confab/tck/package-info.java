/**
 * The test kit. {@link dev.confab.tck.LoopbackTransport} lets an embedder's tests talk to a server without a network;
 * {@link dev.confab.tck.TransportContract} and its like are extended by the tests of whoever writes a transport or a
 * store.
 */
package dev.confab.tck;
