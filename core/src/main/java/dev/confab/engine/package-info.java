/**
 * What happens between a door and the store: sessions, commands, hooks and delivery. Not exported.
 */
package dev.confab.engine;
