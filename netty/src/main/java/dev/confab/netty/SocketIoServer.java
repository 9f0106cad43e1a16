package dev.confab.netty;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Socket.IO server behind a door: its namespaces, and what all its sessions have in common. */
final class SocketIoServer {

    private final DoorSettings settings;
    private final Map<String, Namespace> namespaces;
    private final SocketIoDecoder.Rules rules4;
    private final SocketIoDecoder.Rules rules5;

    SocketIoServer(DoorSettings settings, Map<String, Namespace> namespaces) {
        this.settings = settings;
        this.namespaces = namespaces;
        var json = new JsonReader(settings.maxNesting(), settings.maxPayload());
        rules4 = new SocketIoDecoder.Rules(json, false, settings.maxAttachments(), settings.maxAttachmentBytes());
        rules5 = new SocketIoDecoder.Rules(json, true, settings.maxAttachments(), settings.maxAttachmentBytes());
    }

    DoorSettings settings() {
        return settings;
    }

    @Nullable
    Namespace namespace(String name) {
        return namespaces.get(name);
    }

    /** The server's own copy of a namespace's name, so that no connection keeps one. */
    String shared(String name) {
        for (String known : namespaces.keySet()) {
            if (known.equals(name)) {
                return known;
            }
        }
        return name;
    }

    SocketIoSession newSession(EngineSession engine) {
        return new SocketIoSession(engine, this, engine.form().isV3() ? rules4 : rules5);
    }
}
