package dev.confab.protocol;

/**
 * Which changes a room announces to its members.
 *
 * @param enableUserlistUpdates users who come and go
 * @param enableAccessListsUpdates changes of its lists and of its mode
 */
public record NotificationsInfo(boolean enableUserlistUpdates, boolean enableAccessListsUpdates) {}
