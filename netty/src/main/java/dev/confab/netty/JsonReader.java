package dev.confab.netty;

import dev.confab.protocol.Value;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into values, within limits. Numbers keep their text. For use by any number of threads. */
final class JsonReader {

    /** More digits than anybody means; a longer number is an attack on whoever computes with it. */
    private static final int MAX_NUMBER = 1000;

    private final JsonFactory factory;

    JsonReader(int maxDepth, int maxLength) {
        factory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                // or UTF-16 would be JSON too, and a byte order mark nothing
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(maxLength)
                        .maxNameLength(maxLength)
                        .build())
                .build();
    }

    /**
     * Reads one value that fills the bytes.
     *
     * @param bytes valid UTF-8: the parser looks for JSON only
     */
    Value read(byte[] bytes, int from, int length) throws ProtocolException {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, from, length)) {
            Value value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new ProtocolException("more than one JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new ProtocolException("malformed JSON, or JSON past a limit");
        }
    }

    private static Value value(JsonParser parser, @Nullable JsonToken token) throws ProtocolException {
        if (token == null) {
            throw new ProtocolException("JSON ends early");
        }
        return switch (token) {
            case VALUE_NULL -> Value.NULL;
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case VALUE_STRING -> Value.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(parser.getString());
            case START_ARRAY -> array(parser);
            case START_OBJECT -> object(parser);
            default -> throw new ProtocolException("unexpected JSON token");
        };
    }

    private static Value array(JsonParser parser) throws ProtocolException {
        var items = new ArrayList<Value>(4);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Value.Arr(items);
    }

    private static Value object(JsonParser parser) throws ProtocolException {
        var object = Value.Obj.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.put(name, value(parser, parser.nextToken()));
        }
        return object.build();
    }
}
