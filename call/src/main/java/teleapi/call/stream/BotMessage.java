package teleapi.call.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What a bot says. Source: docs/api/streams.md. */
sealed interface BotMessage {
    /** Sound to be heard after what waits: µ-law, 8 kHz. */
    record Media(byte[] ulaw) implements BotMessage {}

    /** To be sent back when what was sent before has been heard. */
    record Mark(String name) implements BotMessage {}

    /** What waits is dropped. */
    record Clear() implements BotMessage {}

    /** Nothing of these. */
    record Unusable(String reason) implements BotMessage {}

    /** Of messages. */
    int LARGEST = 1 << 20;

    int LONGEST_MARK = 1_000;

    JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(LARGEST)
                    .build())
            .build();

    static BotMessage read(String text) {
        Map<String, String> fields;
        try {
            fields = fields(text);
        } catch (IOException | RuntimeException malformed) {
            // Not quoted: the parser's words may hold the payload.
            return new Unusable("a message of " + text.length() + " characters is no JSON object");
        }
        return switch (fields.getOrDefault("event", "")) {
            case "media" -> media(fields.getOrDefault("media.payload", ""));
            case "mark" -> mark(fields.getOrDefault("mark.name", ""));
            case "clear" -> new Clear();
            default -> new Unusable("a message has an event that is none of media, mark, clear");
        };
    }

    private static BotMessage media(String payload) {
        try {
            byte[] ulaw = Base64.getDecoder().decode(payload);
            return ulaw.length == 0 ? new Unusable("a media message has no payload") : new Media(ulaw);
        } catch (IllegalArgumentException garbled) {
            return new Unusable("the payload of a media message is not base64");
        }
    }

    private static BotMessage mark(String name) {
        return name.isEmpty() || name.length() > LONGEST_MARK
                ? new Unusable("a mark has no name, or one of more than " + LONGEST_MARK + " characters")
                : new Mark(name);
    }

    /** The texts of an object, and of the objects in it by both names; the rest is passed over. */
    private static Map<String, String> fields(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            fields(json, "", fields);
            if (json.nextToken() != null) {
                throw new IOException("more than one object");
            }
        }
        return fields;
    }

    private static void fields(JsonParser json, String prefix, Map<String, String> fields) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + json.currentName();
            switch (json.nextToken()) {
                case VALUE_STRING -> fields.put(name, json.getText());
                case START_OBJECT -> {
                    if (prefix.isEmpty()) {
                        fields(json, name + ".", fields);
                    } else {
                        json.skipChildren();
                    }
                }
                case START_ARRAY -> json.skipChildren();
                default -> {
                    // Numbers and the like say nothing to us.
                }
            }
        }
    }
}
