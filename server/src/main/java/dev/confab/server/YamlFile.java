package dev.confab.server;

import dev.confab.protocol.Plain;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML file into nodes that know their lines. Values stay as they were written: options know their kinds. */
final class YamlFile {

    private final YAMLParser parser;
    private final String name;

    private YamlFile(YAMLParser parser, String name) {
        this.parser = parser;
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return its keys and values; none where the file is empty
     * @throws BadSettings where it can't be read, is not YAML or holds something else than keys
     */
    static Node.Fields read(Path file) {
        String name = file.toString();
        try (var text = Files.newInputStream(file);
                var parser = YAMLFactory.builder().build().createParser(ObjectReadContext.empty(), text)) {
            return new YamlFile((YAMLParser) parser, name).document();
        } catch (JacksonException e) {
            throw broken(name, e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** The parser wraps what went wrong with reading, too. */
    private static BadSettings broken(String name, JacksonException story) {
        for (Throwable cause = story; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException e) {
                return unreadable(name, e);
            }
        }
        int line = Math.max(
                1, story.getLocation() == null ? 1 : story.getLocation().getLineNr());
        return new BadSettings(name + ":" + line + ": not YAML: " + gist(story.getOriginalMessage()));
    }

    private static BadSettings unreadable(String name, IOException e) {
        return new BadSettings("can't read the settings file " + name + ": " + why(e));
    }

    private Node.Fields document() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return new Node.Fields(name, Map.of());
        }
        if (first != JsonToken.START_OBJECT) {
            throw new BadSettings(place() + ": a settings file holds lines such as \"port: 8000\"");
        }
        Node.Fields fields = fields();
        if (parser.nextToken() != null) {
            throw new BadSettings(place() + ": a settings file holds one document only");
        }
        return fields;
    }

    private Node node(@Nullable JsonToken token) {
        if (parser.isCurrentAlias()) {
            throw new BadSettings(place() + ": aliases (*" + parser.getString() + ") are not for settings");
        }
        return switch (token) {
            case START_OBJECT -> fields();
            case START_ARRAY -> items();
            case VALUE_NULL -> new Node.Text(place(), "");
            case null -> throw new BadSettings(place() + ": the file ends too early");
            default -> new Node.Text(place(), parser.getString());
        };
    }

    private Node.Items items() {
        String place = place();
        var items = new ArrayList<Node>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token));
        }
        return new Node.Items(place, items);
    }

    private Node.Fields fields() {
        String place = place();
        var fields = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String keyPlace = place();
            if (fields.containsKey(key)) {
                throw new BadSettings(keyPlace + ": " + Plain.quoted(key) + " is there twice, first in "
                        + fields.get(key).place());
            }
            fields.put(key, node(parser.nextToken()));
        }
        return new Node.Fields(place, fields);
    }

    private String place() {
        return name + ":" + Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    /** The parser tells a story with quotations; its last sentence at the margin says what is wrong. */
    private static String gist(String story) {
        return story.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .reduce((_, last) -> last)
                .orElse("it can't be read");
    }

    private static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            case CharConversionException _ -> "it is no text in UTF-8";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
