package dev.confab.memory;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sets and maps that mostly hold one element, of which there are very many: immutable and tiny up to one element, linked
 * and mutable beyond. Each method returns what to keep instead of what it was given.
 */
final class Compact {

    private Compact() {}

    static Set<String> with(Set<String> set, String element) {
        if (set.contains(element)) {
            return set;
        }
        if (set.isEmpty()) {
            return Set.of(element);
        }
        Set<String> many = set instanceof LinkedHashSet<String> ? set : new LinkedHashSet<>(set);
        many.add(element);
        return many;
    }

    static Set<String> without(Set<String> set, String element) {
        if (!set.contains(element)) {
            return set;
        }
        if (set.size() == 1) {
            return Set.of();
        }
        set.remove(element);
        return set.size() == 1 ? Set.copyOf(set) : set;
    }

    static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        if (map.isEmpty() || (map.size() == 1 && map.containsKey(key))) {
            return Map.of(key, value);
        }
        Map<String, V> many = map instanceof LinkedHashMap<String, V> ? map : new LinkedHashMap<>(map);
        many.put(key, value);
        return many;
    }

    static <V> Map<String, V> without(Map<String, V> map, String key) {
        if (!map.containsKey(key)) {
            return map;
        }
        if (map.size() == 1) {
            return Map.of();
        }
        map.remove(key);
        return map.size() == 1 ? Map.copyOf(map) : map;
    }
}
