package dev.confab.netty;

import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Follower;
import dev.confab.spi.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of one room on one lane, in arrays that the lane's loop alone knows. Open for tests that break it. */
class NettyAudience implements Audience {

    private final NettyLane lane;
    private NamespaceSocket[] members = new NamespaceSocket[2];

    /** Next to each member: who is told when it falls behind; null for one that doesn't follow the log. */
    private @Nullable Follower[] followers = new Follower[2];

    private int size;
    private int following;
    private @Nullable Burst burst;

    NettyAudience(NettyLane lane) {
        this.lane = lane;
    }

    @Override
    public void add(Connection connection) {
        var member = (NamespaceSocket) connection;
        lane.hand(() -> {
            if (size == members.length) {
                resize(size * 2);
            }
            members[size++] = member;
        });
    }

    @Override
    public void follow(Connection connection, Follower follower) {
        lane.hand(() -> {
            int place = placeOf(connection);
            if (place >= 0 && followers[place] == null) {
                followers[place] = follower;
                following++;
            }
        });
    }

    @Override
    public void remove(Connection connection) {
        lane.hand(() -> {
            int place = placeOf(connection);
            if (place >= 0) {
                removeAt(place);
            }
        });
    }

    /** Who came last is asked for most. */
    private int placeOf(Connection connection) {
        for (int i = size - 1; i >= 0; i--) {
            if (members[i].equals(connection)) {
                return i;
            }
        }
        return -1;
    }

    private void removeAt(int place) {
        part(place);
        size--;
        members[place] = members[size];
        followers[place] = followers[size];
        followers[size] = null;
        if (size < members.length / 4) {
            resize(members.length / 2);
        }
        Arrays.fill(members, size, members.length, null);
    }

    private void resize(int length) {
        members = Arrays.copyOf(members, length);
        followers = Arrays.copyOf(followers, length);
    }

    /** Ends a member's following; it has heard all that was said to here. */
    private @Nullable Follower part(int place) {
        Follower follower = followers[place];
        if (follower != null) {
            followers[place] = null;
            following--;
            if (burst != null) {
                part(members[place]);
            }
        }
        return follower;
    }

    void part(NamespaceSocket member) {
        member.part();
    }

    @Override
    public void send(Frame frame) {
        var packet = (EncodedPacket) frame;
        lane.hand(
                () -> {
                    if (following > 0) {
                        say(packet, 0);
                    }
                    for (int i = 0; following < size && i < size; i++) {
                        if (followers[i] == null) {
                            members[i].write(packet);
                        }
                    }
                },
                packet.weight());
    }

    @Override
    public void post(Frame frame, long id) {
        var packet = (EncodedPacket) frame;
        lane.hand(
                () -> {
                    if (following > 0) {
                        say(packet, id);
                    }
                },
                packet.weight());
    }

    /** Says something to all who follow; those whose outbox is full fall behind if it can be read in the log. */
    private void say(EncodedPacket packet, long id) {
        Burst current = burst;
        if (current == null) {
            current = newBurst(members[0].form());
            burst = current;
            lane.speaks(this, size);
        }
        var said = new Said(packet);
        for (int i = 0; i < size; i++) {
            if (followers[i] != null) {
                tell(i, current, said, id);
            }
        }
        current.add(said);
        lane.said(packet.weight(), current.weight());
    }

    Burst newBurst(WireForm form) {
        return new Burst(form);
    }

    private void tell(int place, Burst current, Said said, long id) {
        NamespaceSocket member = members[place];
        if (id > 0 && member.isFull()) {
            fallBehind(place, id);
        } else {
            member.hear(current, said);
        }
    }

    private void fallBehind(int place, long id) {
        Follower follower = part(place);
        if (follower != null) {
            follower.fellBehind(id);
        }
    }

    @Override
    public void skip(long id) {
        lane.hand(() -> {
            for (int i = 0; i < size; i++) {
                fallBehind(i, id);
            }
        });
    }

    /** Ends the burst: everybody has been flushed. On the loop. */
    void settle() {
        if (burst != null) {
            burst.end();
            burst = null;
        }
    }
}
