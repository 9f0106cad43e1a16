package dev.confab.tck.behaviour;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import dev.confab.spi.Reception;
import dev.confab.spi.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A door whose connections can't be made to hear what others hear. */
record DeafDoor(Transport door) implements Transport {

    @Override
    public void open(Reception reception) throws IOException {
        door.open(connection -> reception.welcome(new DeafConnection(connection)));
    }

    @Override
    public List<URI> addresses() {
        return door.addresses();
    }

    @Override
    public void stopAccepting() {
        door.stopAccepting();
    }

    @Override
    public void close() {
        door.close();
    }

    private record DeafConnection(Connection connection) implements Connection {
        @Override
        public String id() {
            return connection.id();
        }

        @Override
        public Handshake handshake() {
            return connection.handshake();
        }

        @Override
        public Dialect dialect() {
            return connection.dialect();
        }

        @Override
        public Lane lane() {
            return DeafAudience::new;
        }

        @Override
        public void send(Frame frame) {
            connection.send(frame);
        }

        @Override
        public void pauseReading() {
            connection.pauseReading();
        }

        @Override
        public void resumeReading() {
            connection.resumeReading();
        }

        @Override
        public void close(CloseReason reason) {
            connection.close(reason);
        }
    }

    private static final class DeafAudience implements Audience {
        @Override
        public void add(Connection connection) {
            throw new IllegalStateException("deaf");
        }

        @Override
        public void remove(Connection connection) {}

        @Override
        public void send(Frame frame) {}
    }
}
