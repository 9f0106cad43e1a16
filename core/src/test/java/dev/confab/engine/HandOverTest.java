package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.HandOverSchedule.Plant;
import dev.confab.protocol.Position;
import dev.confab.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How a member gets from history to live, under interleavings drawn from seeds; and the same with a fault planted, which
 * has to be found: else the interleavings would prove nothing.
 */
class HandOverTest {

    private static final int SEEDS = Integer.getInteger("confab.hand-over.seeds", 4_000);

    /** Within so many seeds every planted fault is found. */
    private static final int SEEDS_TO_FIND_A_FAULT = 100;

    @Test
    void whateverHappensInBetweenEverybodyHearsEachMessageOnceInOrder() {
        long fellBehind = 0;
        long caughtUp = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            HandOverSchedule schedule = run(seed);
            fellBehind += schedule.counters().snapshot().fellBehind();
            caughtUp += schedule.counters().snapshot().caughtUp();
        }
        assertThat(fellBehind).as("fell behind").isGreaterThan(SEEDS / 4);
        assertThat(caughtUp).as("caught up").isGreaterThan(SEEDS / 4);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheHandOverIsFoundWithinAHundredSeeds(Fault fault) {
        long found = LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT)
                .filter(seed -> isFound(seed, fault))
                .findFirst()
                .orElse(-1);
        assertThat(found).as("the seed that finds it").isPositive();
    }

    private static boolean isFound(long seed, Plant plant) {
        try {
            new HandOverSchedule(seed, plant).run();
            return false;
        } catch (Account.Broken found) {
            return true;
        }
    }

    private static HandOverSchedule run(long seed) {
        try {
            return new HandOverSchedule(seed, (room, _) -> new RoomFeed(room)).run();
        } catch (Account.Broken broken) {
            throw new AssertionError("seed " + seed, broken);
        }
    }

    /** What can be wrong with a hand-over. */
    enum Fault implements Plant {
        WHAT_WAS_HELD_COMES_BEHIND_WHAT_IS_LIVE {
            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed) {
                    private final List<Frame> frames = new ArrayList<>();
                    private final List<Long> ids = new ArrayList<>();

                    @Override
                    boolean hold(long id, Encodings encodings) {
                        ids.add(id);
                        frames.add(encodings.in(session.dialect()));
                        return true;
                    }

                    @Override
                    long release() {
                        long last = position().id();
                        for (int i = 0; i < ids.size(); i++) {
                            Frame frame = frames.get(i);
                            if (ids.get(i) > position().id()) {
                                later.execute(() -> session.send(frame));
                                last = ids.get(i);
                            }
                        }
                        return last;
                    }
                };
            }
        },

        WHAT_WAS_HELD_IS_NOT_COMPARED_WITH_THE_POSITION {
            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed) {
                    @Override
                    long release() {
                        Position began = position();
                        position(began.at(0));
                        return Math.max(began.id(), super.release());
                    }
                };
            }
        },

        WHAT_WAS_HELD_IS_READ_AGAIN {
            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed) {
                    @Override
                    long release() {
                        super.release();
                        return position().id();
                    }
                };
            }
        },

        WHAT_WAS_HELD_IS_LOST {
            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed) {
                    private long last;

                    @Override
                    boolean hold(long id, Encodings encodings) {
                        last = Math.max(last, id);
                        return true;
                    }

                    @Override
                    long release() {
                        return Math.max(position().id(), last);
                    }
                };
            }
        },

        WHO_FALLS_BEHIND_MISSES_THE_MESSAGE_IT_FELL_BEHIND_AT {
            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed) {
                    @Override
                    public void fellBehind(long id) {
                        super.fellBehind(id + 1);
                    }
                };
            }
        },

        A_PAGE_IS_FORGOTTEN_WHEN_THE_NEXT_ONE_IS_READ {
            @Override
            public RoomFeed feed(String room, Executor later) {
                return new RoomFeed(room) {
                    @Override
                    synchronized @Nullable Position readsFrom(Member member) {
                        Position from = super.readsFrom(member);
                        return from == null || from.id() == 0 ? from : from.at(from.id() - 1);
                    }
                };
            }
        },

        THE_ANSWER_COMES_BEHIND_WHAT_WAS_HELD {
            @Override
            public RoomFeed feed(String room, Executor later) {
                return new RoomFeed(room) {
                    @Override
                    synchronized boolean goLive(Member member, Runnable answer) {
                        boolean isLive = super.goLive(member, () -> {});
                        if (isLive) {
                            answer.run();
                        }
                        return isLive;
                    }
                };
            }
        },

        A_MESSAGE_BETWEEN_THE_POSITION_AND_THE_HOLD_IS_LOST {
            @Override
            public boolean learnsPositionFirst() {
                return true;
            }

            @Override
            Member member(Session session, RoomFeed feed, Executor later) {
                return new Member(session, feed);
            }
        };

        Member member(Session session, RoomFeed feed, Executor later) {
            return new Member(session, feed);
        }

        @Override
        public RoomFeed feed(String room, Executor later) {
            return new RoomFeed(room) {
                @Override
                Member newMember(Session session) {
                    return member(session, this, later);
                }
            };
        }
    }
}
