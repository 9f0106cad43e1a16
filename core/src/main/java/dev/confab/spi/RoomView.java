package dev.confab.spi;

import dev.confab.protocol.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a room was like at one moment.
 *
 * @param owner the owner; null for none
 * @param whitelistOnly whether only listed users may join
 * @param userlistUpdates whether users who come and go are announced
 * @param accessListsUpdates whether changes of lists and mode are announced
 * @param historySize how many messages were kept
 * @param historyMaxSize how many are kept at most
 * @param head the position of the last message
 */
public record RoomView(
        @Nullable String owner,
        boolean whitelistOnly,
        boolean userlistUpdates,
        boolean accessListsUpdates,
        int historySize,
        int historyMaxSize,
        Position head) {}
