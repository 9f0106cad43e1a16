package dev.confab.tck.behaviour;

import dev.confab.spi.Reception;
import dev.confab.spi.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Another's door; tests override what they want to know of, or to go wrong. */
class WatchedDoor implements Transport {

    private final Transport door;

    WatchedDoor(Transport door) {
        this.door = door;
    }

    @Override
    public void open(Reception reception) throws IOException {
        door.open(reception);
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
}
