package dev.confab.protocol;

/**
 * The reply to {@link RoomHistoryInfo}.
 *
 * @param historySize how many messages are kept now
 * @param historyMaxSize how many the room keeps at most
 * @param historyMaxGetMessages how many one request gets at most
 * @param position the head: the id of the last message, kept or not; 0 before the first
 */
public record HistoryInfo(int historySize, int historyMaxSize, int historyMaxGetMessages, Position position) {

    /**
     * The id of the last message, kept or not.
     *
     * @return 0 before the first
     */
    public long lastMessageId() {
        return position.id();
    }
}
