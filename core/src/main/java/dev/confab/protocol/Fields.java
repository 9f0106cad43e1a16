package dev.confab.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in two arrays: most objects are small, so a scan beats a table and costs no memory. Only
 * those with many fields carry an index, lest a client make every look-up a long walk.
 */
final class Fields {

    private static final int SCANNED = 8;

    private final String[] names;
    private final Value[] values;
    private final @Nullable Map<String, Integer> index;

    private Fields(String[] names, Value[] values, @Nullable Map<String, Integer> index) {
        this.names = names;
        this.values = values;
        this.index = index;
    }

    int size() {
        return names.length;
    }

    String name(int place) {
        return names[place];
    }

    Value value(int place) {
        return values[place];
    }

    @Nullable
    Value get(String name) {
        if (index != null) {
            Integer place = index.get(name);
            return place == null ? null : values[place];
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    boolean sameAs(Fields that) {
        if (size() != that.size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!values[i].equals(that.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    static final class Collector {
        private final List<String> names = new ArrayList<>(4);
        private final List<Value> values = new ArrayList<>(4);
        private @Nullable Map<String, Integer> index;

        void put(String name, Value value) {
            int place = placeOf(name);
            if (place >= 0) {
                values.set(place, value);
                return;
            }
            names.add(name);
            values.add(value);
            if (index != null) {
                index.put(name, names.size() - 1);
            } else if (names.size() > SCANNED) {
                index = indexed();
            }
        }

        Fields collect() {
            Map<String, Integer> kept = index == null ? null : Map.copyOf(index);
            return new Fields(names.toArray(String[]::new), values.toArray(Value[]::new), kept);
        }

        private int placeOf(String name) {
            return index == null ? names.indexOf(name) : index.getOrDefault(name, -1);
        }

        private Map<String, Integer> indexed() {
            var map = new HashMap<String, Integer>();
            for (int i = 0; i < names.size(); i++) {
                map.put(names.get(i), i);
            }
            return map;
        }
    }
}
