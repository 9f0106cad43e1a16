package dev.confab.tck.behaviour;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Follower;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import dev.confab.spi.Reception;
import dev.confab.spi.Transport;
import java.io.IOException;

/** A door whose connections can't be made to hear what others hear. */
final class DeafDoor extends WatchedDoor {

    DeafDoor(Transport door) {
        super(door);
    }

    @Override
    public void open(Reception reception) throws IOException {
        super.open(connection -> reception.welcome(new DeafConnection(connection)));
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
        public void whenWritten(Runnable action) {
            connection.whenWritten(action);
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
        public void follow(Connection connection, Follower follower) {}

        @Override
        public void remove(Connection connection) {}

        @Override
        public void post(Frame frame, long id) {}

        @Override
        public void skip(long id) {}

        @Override
        public void send(Frame frame) {}
    }
}
