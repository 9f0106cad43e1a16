package dev.confab.bench;

import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says one message after the other in a room, each under a key, and says it again until it is acknowledged: after a
 * refusal, and over the next connection. Lives on its member's loop.
 */
final class SoakVoice {

    private static final long AGAIN_MILLIS = 100;

    private final SoakMember member;
    private final View view;
    private final SplittableRandom random;
    private final double pauseMillis;
    private final int size;
    private final SoakCounts counts;
    private Words words;
    private boolean due;
    private boolean underWay;
    private boolean wasSent;
    private boolean silent;

    /**
     * A voice that says nothing yet.
     *
     * @param pauseMillis how long it waits between two messages, on average
     */
    SoakVoice(SoakMember member, View view, SplittableRandom random, double pauseMillis, int size, SoakCounts counts) {
        this.member = member;
        this.view = view;
        this.random = random;
        this.pauseMillis = pauseMillis;
        this.size = size;
        this.counts = counts;
        words = new Words(member.name(), 1);
    }

    void start() {
        pause();
    }

    /** Says what it has to say, and then nothing more. */
    void fallSilent() {
        silent = true;
    }

    boolean isSilent() {
        return silent && !due;
    }

    private void pause() {
        long millis = (long) (random.nextDouble() * 2 * pauseMillis);
        member.later(millis, () -> {
            if (!silent) {
                due = true;
                speak();
            }
        });
    }

    /** The connection is another one, and what was under way may have come to nothing. */
    void interrupted() {
        underWay = false;
    }

    /** Says what is due, where it can. */
    void speak() {
        SoakMember.Link link = member.link();
        if (!due || underWay || link == null || !view.isIn()) {
            return;
        }
        underWay = true;
        if (wasSent) {
            counts.repeated.increment();
        }
        wasSent = true;
        View.Said said = view.says(words);
        link.ask(
                        "roomMessage",
                        view.room(),
                        Map.of("textMessage", words.text(size)),
                        Map.of("key", words.author() + "-" + words.number()))
                .whenComplete((answer, refusal) -> {
                    if (link == member.link()) {
                        answered(said, answer, refusal);
                    }
                });
    }

    private void answered(View.Said said, JsonNode answer, @Nullable Throwable refusal) {
        underWay = false;
        if (refusal != null) {
            member.refused("a message", refusal);
            member.later(AGAIN_MILLIS, this::speak);
            return;
        }
        counts.acknowledged.increment();
        said.acknowledged(answer.path(1).asLong(-1));
        words = new Words(words.author(), words.number() + 1);
        due = false;
        wasSent = false;
        pause();
    }
}
