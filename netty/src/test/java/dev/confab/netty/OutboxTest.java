package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.OutboxSchedule.Plant;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a lane writes to its connections, under interleavings drawn from seeds; and the same with a fault planted, which
 * has to be found: else the interleavings would prove nothing.
 */
class OutboxTest {

    private static final int SEEDS = Integer.getInteger("confab.outbox.seeds", 400);

    /** Within so many seeds every planted fault is found. */
    private static final int SEEDS_TO_FIND_A_FAULT = 100;

    @Test
    void whateverIsMixedEverybodyHearsTheirOwnInTheOrderInWhichItWasHandedOver() {
        long fellBehind = 0;
        long caughtUp = 0;
        long stayed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            OutboxSchedule schedule = run(seed);
            fellBehind += schedule.fellBehind();
            caughtUp += schedule.caughtUp();
            stayed += schedule.stayed();
        }
        assertThat(fellBehind).as("fell behind").isGreaterThan(SEEDS);
        assertThat(caughtUp).as("caught up").isGreaterThan(SEEDS);
        assertThat(stayed).as("stayed").isGreaterThan(2L * SEEDS);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInWhatIsWrittenIsFoundWithinAHundredSeeds(Fault fault) {
        long found = LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT)
                .filter(seed -> isFound(seed, fault))
                .findFirst()
                .orElse(-1);
        assertThat(found).as("the seed that finds it").isPositive();
    }

    private static boolean isFound(long seed, Plant plant) {
        try {
            new OutboxSchedule(seed, plant).run();
            return false;
        } catch (OutboxSchedule.Broken found) {
            return true;
        }
    }

    private static OutboxSchedule run(long seed) {
        try {
            return new OutboxSchedule(seed, new Plant() {}).run();
        } catch (OutboxSchedule.Broken broken) {
            throw new AssertionError("seed " + seed, broken);
        }
    }

    /** What can be wrong with what is written. */
    enum Fault implements Plant {
        A_REPLY_IS_WRITTEN_BEFORE_WHAT_WAS_HANDED_OVER_EARLIER {
            @Override
            public void tell(NamespaceSocket socket, EncodedPacket packet) {
                socket.write(packet);
            }
        },

        OF_WHAT_IS_SAID_TOGETHER_ONLY_THE_FIRST_IS_HEARD {
            @Override
            Burst burst(WireForm form) {
                return new Burst(form) {
                    @Override
                    ByteBuf bytes(Said first, @Nullable Deflation deflation, ByteBufAllocator allocator) {
                        int length = first.packet().image(form, deflation).length;
                        return super.bytes(first, deflation, allocator).slice(0, length);
                    }
                };
            }
        },

        WHO_LEAVES_HEARS_ON {
            @Override
            void part(NamespaceSocket member) {
                // it goes on where it was
            }
        },

        WHAT_WAS_SAID_BEFORE_SOMEBODY_FOLLOWED_IS_HEARD_TOO {
            @Override
            Burst burst(WireForm form) {
                return new Burst(form) {
                    private @Nullable Said start;

                    @Override
                    void add(Said said) {
                        super.add(said);
                        start = start == null ? said : start;
                    }

                    @Override
                    ByteBuf bytes(Said first, @Nullable Deflation deflation, ByteBufAllocator allocator) {
                        return super.bytes(start == null ? first : start, deflation, allocator);
                    }
                };
            }
        },

        WHAT_IS_SAID_BETWEEN_TWO_TURNS_IS_HEARD_ONLY_BY_THOSE_FLUSHED_BEFORE {
            @Override
            Burst burst(WireForm form) {
                return new Burst(form) {
                    private @Nullable ByteBuf joined;

                    @Override
                    ByteBuf bytes(Said first, @Nullable Deflation deflation, ByteBufAllocator allocator) {
                        if (joined == null) {
                            ByteBuf bytes = super.bytes(first, deflation, allocator);
                            joined = Unpooled.copiedBuffer(bytes);
                            bytes.release();
                        }
                        return joined.retainedDuplicate();
                    }
                };
            }
        };

        Burst burst(WireForm form) {
            return new Burst(form);
        }

        void part(NamespaceSocket member) {
            member.part();
        }

        @Override
        public NettyAudience audience(NettyLane lane) {
            return new NettyAudience(lane) {
                @Override
                Burst newBurst(WireForm form) {
                    return burst(form);
                }

                @Override
                void part(NamespaceSocket member) {
                    Fault.this.part(member);
                }
            };
        }
    }
}
