package dev.confab.netty;

import dev.confab.protocol.CloseReason;

/** Hears what a session says, and does nothing: for tests that care for some of it. */
class QuietListener implements EngineListener {

    @Override
    public void opened() {}

    @Override
    public void text(byte[] message, int from) {}

    @Override
    public void binary(byte[] message) {}

    @Override
    public void tick(long now) {}

    @Override
    public void closed(CloseReason reason) {}
}
