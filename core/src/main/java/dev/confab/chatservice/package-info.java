/**
 * The chat-service contract in values: the names of its requests and events, the order of their arguments, and how
 * replies and errors are spelled. It knows no transport and no encoding; doors that speak the contract put these values
 * on a wire.
 */
package dev.confab.chatservice;
