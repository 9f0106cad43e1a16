package dev.confab.netty;

import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.chatservice.Spoken;
import dev.confab.protocol.Event;
import dev.confab.spi.Dialect;

/** The chat-service contract's events as packets of one namespace; alike for both protocols. */
record ChatDialect(ChatService contract, String namespace) implements Dialect {

    /** For namespaces in which the engine has no say. */
    static final ChatDialect NONE = new ChatDialect(new ChatService(ErrorFormat.TEXT), "/");

    @Override
    public EncodedPacket encode(Event event) {
        Spoken spoken = contract.spell(event);
        return SocketIoEncoder.event(namespace, spoken.name(), spoken.args());
    }
}
