package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/** Some channels that hear each other. Used by one event loop only. */
final class RawRoom {

    private final List<Channel> members = new ArrayList<>();
    private boolean flushIsDue;

    void add(Channel member) {
        members.add(member);
    }

    void remove(Channel member) {
        members.remove(member);
    }

    /** Writes the same bytes to every member, and releases them. */
    void write(ByteBuf frame) {
        for (Channel member : members) {
            var _ = member.write(frame.retainedDuplicate(), member.voidPromise());
        }
        frame.release();
        flushIsDue = true;
    }

    void flushIfDue() {
        if (flushIsDue) {
            flushIsDue = false;
            members.forEach(Channel::flush);
        }
    }
}
