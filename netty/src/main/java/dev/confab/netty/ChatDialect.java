package dev.confab.netty;

import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.chatservice.Spoken;
import dev.confab.protocol.Event;
import dev.confab.spi.Dialect;

/**
 * The chat-service contract's events as packets of one namespace. The forms differ in how they carry bytes only; but those who
 * share a dialect share what is written too, so each form has its own.
 *
 * @param contract what events are called, and what they bring
 * @param namespace the namespace of the packets
 * @param form how those who share this dialect take packets
 */
record ChatDialect(ChatService contract, String namespace, WireForm form) implements Dialect {

    /** For namespaces in which the engine has no say. */
    static final ChatDialect NONE = new ChatDialect(new ChatService(ErrorFormat.TEXT), "/", WireForm.V4);

    @Override
    public EncodedPacket encode(Event event) {
        Spoken spoken = contract.spell(event);
        return SocketIoEncoder.event(namespace, spoken.name(), spoken.args());
    }
}
