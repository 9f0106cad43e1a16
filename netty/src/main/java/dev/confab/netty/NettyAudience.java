package dev.confab.netty;

import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of one room on one lane, in an array that the lane's loop alone knows. */
final class NettyAudience implements Audience {

    private final NettyLane lane;
    private NamespaceSocket[] members = new NamespaceSocket[2];
    private int size;
    private @Nullable Burst burst;

    NettyAudience(NettyLane lane) {
        this.lane = lane;
    }

    @Override
    public void add(Connection connection) {
        var member = (NamespaceSocket) connection;
        lane.hand(() -> {
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            members[size++] = member;
            if (burst != null) {
                member.follow(burst);
            }
        });
    }

    @Override
    public void remove(Connection connection) {
        lane.hand(() -> {
            for (int i = 0; i < size; i++) {
                if (members[i].equals(connection)) {
                    removeAt(i);
                    return;
                }
            }
        });
    }

    private void removeAt(int index) {
        NamespaceSocket member = members[index];
        if (burst != null) {
            member.part(burst);
        }
        members[index] = members[--size];
        members = size < members.length / 4 ? Arrays.copyOf(members, members.length / 2) : members;
        Arrays.fill(members, size, members.length, null);
    }

    @Override
    public void send(Frame frame) {
        var packet = (EncodedPacket) frame;
        lane.hand(() -> say(packet));
    }

    private void say(EncodedPacket packet) {
        if (size == 0) {
            return;
        }
        Burst current = burst;
        if (current == null) {
            current = new Burst(members[0].form());
            burst = current;
            lane.speaks(this);
            for (int i = 0; i < size; i++) {
                members[i].follow(current);
            }
        }
        current.add(packet);
        lane.said(packet.weight());
    }

    /** Ends the burst: everybody has written. On the loop. */
    void settle() {
        if (burst != null) {
            burst.end();
            burst = null;
        }
    }
}
