package dev.confab.netty;

import dev.confab.chatservice.ChatService;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.spi.Inbox;
import dev.confab.spi.Reception;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The namespace in which the chat-service contract is spoken: it brings clients to the engine. */
final class ChatNamespace implements Namespace {

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");

    private final Reception reception;
    private final DoorSettings settings;
    private final ChatService contract;
    private final Map<WireForm, ChatDialect> dialects = new EnumMap<>(WireForm.class);

    ChatNamespace(Reception reception, DoorSettings settings) {
        this.reception = reception;
        this.settings = settings;
        this.contract = new ChatService(settings.errorFormat());
        for (WireForm form : WireForm.values()) {
            dialects.put(form, new ChatDialect(contract, settings.namespace(), form));
        }
    }

    ChatDialect dialect(WireForm form) {
        return Objects.requireNonNull(dialects.get(form));
    }

    @Override
    public void connect(NamespaceSocket socket) {
        if (settings.admissions().isEmpty()) {
            socket.accept(this::welcome);
        } else {
            Thread.ofVirtual().name("confab-admission").start(() -> decide(socket));
        }
    }

    private void decide(NamespaceSocket socket) {
        ChatError refusal = refusal(socket);
        if (refusal == null) {
            socket.accept(this::welcome);
        } else {
            LOG.log(
                    System.Logger.Level.INFO,
                    "admission refused: {0}, from {1}",
                    refusal.code(),
                    socket.handshake().address());
            socket.refuse(Errors.spelled(refusal, socket.isV5()));
        }
    }

    private @Nullable ChatError refusal(NamespaceSocket socket) {
        var task = new FutureTask<>(() -> {
            for (Admission admission : settings.admissions()) {
                admission.admit(socket.handshake());
            }
            return true;
        });
        Thread.ofVirtual().name("confab-admission-hook").start(task);
        try {
            task.get(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException answer) {
                return answer.error();
            }
            LOG.log(System.Logger.Level.ERROR, "an admission failed", e.getCause());
            return ChatError.internalError();
        } catch (TimeoutException e) {
            task.cancel(true);
            return ChatError.timeout();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ChatError.timeout();
        }
    }

    private SocketListener welcome(NamespaceSocket socket) {
        Inbox inbox = reception.welcome(socket);
        return new SocketListener() {
            @Override
            public void event(List<Value> items, int weight, @Nullable Consumer<List<Value>> ack) {
                String name = items.getFirst() instanceof Value.Text(String text)
                        ? text
                        : items.getFirst().toString();
                inbox.submit(contract.read(name, items.subList(1, items.size()), weight, ack));
            }

            @Override
            public void ended(CloseReason reason) {
                inbox.closed(reason);
            }
        };
    }
}
