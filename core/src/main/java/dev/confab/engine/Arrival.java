package dev.confab.engine;

import dev.confab.protocol.Resume;
import dev.confab.spi.PresenceStore.Membership;
import org.jspecify.annotations.Nullable;

/**
 * A member that waits for its join to be answered.
 *
 * @param member the member
 * @param membership how the store has it
 * @param resume from where to bring what was missed; null for nothing
 */
record Arrival(
        Member member, Membership membership, @Nullable Resume resume) {}
