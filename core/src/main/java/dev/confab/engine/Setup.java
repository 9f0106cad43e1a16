package dev.confab.engine;

import dev.confab.AfterHook;
import dev.confab.BeforeHook;
import dev.confab.ChatOptions;
import dev.confab.Closing;
import dev.confab.Confab;
import dev.confab.ConfabListener;
import dev.confab.Disconnect;
import dev.confab.Join;
import dev.confab.Leave;
import dev.confab.LifecycleHook;
import dev.confab.Login;
import dev.confab.LoginHook;
import dev.confab.MessageCheck;
import dev.confab.spi.Store;
import dev.confab.spi.Transport;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that a server is made of, as its builder was told; {@link Collector} gathers it. */
public record Setup(
        Store store,
        List<Transport> doors,
        ChatOptions options,
        LoginHook login,
        Map<Class<?>, List<BeforeHook<?, ?>>> before,
        Map<Class<?>, List<AfterHook<?, ?>>> after,
        List<LifecycleHook<Confab>> onStart,
        List<LifecycleHook<Closing>> onClose,
        List<LifecycleHook<Join>> onJoin,
        List<LifecycleHook<Leave>> onLeave,
        List<LifecycleHook<Disconnect>> onDisconnect,
        @Nullable MessageCheck roomCheck,
        @Nullable MessageCheck directCheck,
        List<ConfabListener> listeners,
        Clock clock,
        RandomGenerator random) {

    /** What a builder has been told so far. */
    public static final class Collector {
        public @Nullable Store store;
        public final List<Transport> doors = new ArrayList<>();
        public ChatOptions options = ChatOptions.DEFAULT;
        public LoginHook login = _ -> new Login(null, dev.confab.protocol.Value.Obj.EMPTY);
        public final Map<Class<?>, List<BeforeHook<?, ?>>> before = new HashMap<>();
        public final Map<Class<?>, List<AfterHook<?, ?>>> after = new HashMap<>();
        public final List<LifecycleHook<Confab>> onStart = new ArrayList<>();
        public final List<LifecycleHook<Closing>> onClose = new ArrayList<>();
        public final List<LifecycleHook<Join>> onJoin = new ArrayList<>();
        public final List<LifecycleHook<Leave>> onLeave = new ArrayList<>();
        public final List<LifecycleHook<Disconnect>> onDisconnect = new ArrayList<>();
        public @Nullable MessageCheck roomCheck;
        public @Nullable MessageCheck directCheck;
        public final List<ConfabListener> listeners = new ArrayList<>();
        public Clock clock = Clock.systemUTC();
        public RandomGenerator random = new SecureRandom();

        /**
         * The setup.
         *
         * @return an immutable copy
         * @throws IllegalStateException where there is no store
         */
        public Setup complete() {
            if (store == null) {
                throw new IllegalStateException("a server needs a store");
            }
            return new Setup(
                    store,
                    List.copyOf(doors),
                    options,
                    login,
                    copyOf(before),
                    copyOf(after),
                    List.copyOf(onStart),
                    List.copyOf(onClose),
                    List.copyOf(onJoin),
                    List.copyOf(onLeave),
                    List.copyOf(onDisconnect),
                    roomCheck,
                    directCheck,
                    List.copyOf(listeners),
                    clock,
                    random);
        }

        private static <H> Map<Class<?>, List<H>> copyOf(Map<Class<?>, List<H>> hooks) {
            var copy = new HashMap<Class<?>, List<H>>();
            hooks.forEach((type, list) -> copy.put(type, List.copyOf(list)));
            return Map.copyOf(copy);
        }
    }
}
