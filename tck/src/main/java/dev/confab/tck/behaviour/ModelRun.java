package dev.confab.tck.behaviour;

import dev.confab.protocol.Value;
import dev.confab.tck.FakeClock;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets a server and an oracle do the same, step by step, and compares what is answered and told. */
final class ModelRun {

    private static final int MOST_CONNECTIONS = 6;
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(7);

    private final LoopbackTransport net;
    private final ModelOracle oracle;
    private final FakeClock clock;
    private final BlockingQueue<String> gone;
    private final List<LoopbackClient> clients = new ArrayList<>();
    private final Set<String> epochs = new HashSet<>();

    /**
     * A run that begins with no clients.
     *
     * @param gone takes the id of each connection that has ended, once all that follows from it has happened
     */
    ModelRun(LoopbackTransport net, ModelOracle oracle, FakeClock clock, BlockingQueue<String> gone) {
        this.net = net;
        this.oracle = oracle;
        this.clock = clock;
        this.gone = gone;
    }

    /**
     * Takes a step on both sides.
     *
     * @return the difference in words; null where there is none
     */
    @Nullable
    String take(ModelStep step) throws InterruptedException {
        clock.advance(BETWEEN_STEPS);
        if (clients.isEmpty() || step.name().equals(ModelStep.CONNECT)) {
            return connect(ModelSteps.USERS.get(step.who() % ModelSteps.USERS.size()));
        }
        LoopbackClient client = clients.get(step.who() % clients.size());
        if (step.name().equals(ModelStep.DISCONNECT)) {
            return disconnect(client);
        }
        List<@Nullable Object> args = resolved(step.args());
        List<Value> reply = client.request(step.name(), args.toArray());
        return difference(learned(oracle.asks(client.id(), step.name(), args, clock.millis()), args, reply), reply);
    }

    private @Nullable String connect(String user) {
        if (clients.size() == MOST_CONNECTIONS) {
            return null;
        }
        LoopbackClient client = net.login(user);
        clients.add(client);
        return difference(oracle.connects(user, client.id()), List.of());
    }

    private @Nullable String disconnect(LoopbackClient client) throws InterruptedException {
        client.close();
        clients.remove(client);
        String id = gone.poll(Behaviour.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!client.id().equals(id)) {
            return "the end of " + client.id() + " was not noticed, but " + id;
        }
        return difference(oracle.disconnects(client.id(), clock.millis()), List.of());
    }

    /** What the steps can't know: the epoch of a room. */
    private List<@Nullable Object> resolved(List<@Nullable Object> args) {
        if (args.size() < 2
                || !(args.get(1) instanceof Map<?, ?> extra)
                || !(extra.get("since") instanceof Map<?, ?> since)
                || !ModelStep.CURRENT_EPOCH.equals(since.get("epoch"))) {
            return args;
        }
        ModelRoom room = oracle.find(String.valueOf(args.getFirst()));
        var position = new LinkedHashMap<String, @Nullable Object>();
        position.put("epoch", room == null || room.epoch == null ? "unknown" : room.epoch);
        position.put("id", since.get("id"));
        return Arrays.asList(args.getFirst(), Map.of("since", position));
    }

    /** Learns a room's epoch where it is told for the first time: any that no other log has. */
    private ModelOracle.Expected learned(
            ModelOracle.Expected expected, List<@Nullable Object> args, List<Value> reply) {
        ModelRoom room = args.isEmpty() ? null : oracle.find(String.valueOf(args.getFirst()));
        if (room == null
                || room.epoch != null
                || expected.reply().size() < 3
                || reply.size() < 3
                || !(reply.get(2) instanceof Value.Obj extra)
                || !(extra.get("epoch") instanceof Value.Text(String epoch))
                || !epochs.add(epoch)) {
            return expected;
        }
        room.epoch = epoch;
        var known = new ArrayList<>(expected.reply());
        var position = new LinkedHashMap<Object, @Nullable Object>(
                (Map<?, ?>) expected.reply().get(2));
        position.put("epoch", epoch);
        known.set(2, position);
        return new ModelOracle.Expected(known, expected.told(), expected.inOrder());
    }

    private @Nullable String difference(ModelOracle.Expected expected, List<Value> reply) {
        List<@Nullable Object> due =
                plain(expected.reply().stream().map(Value::of).toList(), true);
        List<@Nullable Object> given = plain(reply, true);
        if (!due.equals(given)) {
            return "the reply should be " + due + ", but is " + given;
        }
        for (LoopbackClient client : clients) {
            List<String> events = told(expected.told().getOrDefault(client.id(), List.of()), expected.inOrder());
            List<String> heard = told(client.takeAll(), expected.inOrder());
            if (!events.equals(heard)) {
                return client.handshake().query("user").orElse("") + " should be told " + events + ", but is told "
                        + heard;
            }
        }
        return null;
    }

    private static List<String> told(List<Heard.Event> events, boolean inOrder) {
        List<String> told = events.stream()
                .map(event -> event.name() + plain(event.args(), false))
                .toList();
        return inOrder ? told : told.stream().sorted().toList();
    }

    private static List<@Nullable Object> plain(List<Value> values, boolean setsOfNames) {
        var plain = new ArrayList<@Nullable Object>();
        values.forEach(value -> plain.add(plain(value, setsOfNames)));
        return plain;
    }

    /** A value whose fields, and where they are a set, whose names have no order. */
    private static @Nullable Object plain(Value value, boolean setsOfNames) {
        return switch (value) {
            case Value.Obj object -> {
                var fields = new TreeMap<String, @Nullable Object>();
                for (int i = 0; i < object.size(); i++) {
                    fields.put(object.name(i), plain(object.value(i), setsOfNames));
                }
                yield fields;
            }
            case Value.Arr(List<Value> items)
            when setsOfNames && items.stream().allMatch(Value.Text.class::isInstance) ->
                items.stream().map(String::valueOf).sorted().toList();
            case Value.Arr(List<Value> items) -> plain(items, setsOfNames);
            default -> value.toString();
        };
    }
}
