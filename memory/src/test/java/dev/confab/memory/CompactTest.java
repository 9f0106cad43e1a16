package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CompactTest {

    @Test
    void setsAreLikeOrdinaryOnesWhateverTheirSize() {
        var random = new Random(7);
        Set<String> compact = Set.of();
        var plain = new LinkedHashSet<String>();
        for (int step = 0; step < 2000; step++) {
            String element = "e" + random.nextInt(4);
            if (random.nextBoolean()) {
                compact = Compact.with(compact, element);
                plain.add(element);
            } else {
                compact = Compact.without(compact, element);
                plain.remove(element);
            }
            assertThat(List.copyOf(compact)).isEqualTo(List.copyOf(plain));
        }
    }

    @Test
    void mapsAreLikeOrdinaryOnesWhateverTheirSize() {
        var random = new Random(8);
        Map<String, Integer> compact = Map.of();
        var plain = new LinkedHashMap<String, Integer>();
        for (int step = 0; step < 2000; step++) {
            String key = "k" + random.nextInt(4);
            if (random.nextBoolean()) {
                compact = Compact.with(compact, key, step);
                plain.put(key, step);
            } else {
                compact = Compact.without(compact, key);
                plain.remove(key);
            }
            assertThat(List.copyOf(compact.entrySet())).isEqualTo(List.copyOf(plain.entrySet()));
        }
    }
}
