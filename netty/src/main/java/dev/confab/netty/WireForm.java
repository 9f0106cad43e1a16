package dev.confab.netty;

/** How a client of Engine.IO takes its packets. */
enum WireForm {
    /** Engine.IO 4. */
    V4,
    /** Engine.IO 3. */
    V3,
    /** Engine.IO 3, from a client that can't take binary. */
    V3_BASE64;

    boolean isV3() {
        return this != V4;
    }
}
