package dev.confab.netty;

import dev.confab.spi.Transport;
import dev.confab.tck.TransportContract;
import java.util.Map;

/** The door, for clients of Engine.IO 4 on long-polling. */
class PollingTransportTest extends TransportContract {

    @Override
    protected Transport newTransport() {
        return SocketIoDoor.builder().port(0).eventLoops(2).build();
    }

    @Override
    protected Client connect(Transport open, Map<String, String> query) throws Exception {
        return new PollingClient(open.addresses().getFirst(), query, true);
    }
}
