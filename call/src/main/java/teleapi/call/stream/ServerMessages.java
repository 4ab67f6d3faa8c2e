package teleapi.call.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What we say to a bot, numbered from 1.
 *
 * <pre>
 * Shape   JSON, one object a message; numbers are texts, as bots of this family expect them
 * Thread  the stream's
 * Source  docs/api/streams.md
 * </pre>
 */
final class ServerMessages {
    // Owned by the stream's thread.

    private final StreamTerms terms;
    private final String accountSid;
    private final String callSid;
    private long sequence;

    ServerMessages(StreamTerms terms, String accountSid, String callSid) {
        this.terms = terms;
        this.accountSid = accountSid;
        this.callSid = callSid;
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    /** Not numbered, and not of a stream yet. */
    String connected() {
        return write(json -> {
            json.writeStringField("event", "connected");
            json.writeStringField("protocol", "Call");
            json.writeStringField("version", "1.0.0");
        });
    }

    String start() {
        return numbered("start", json -> {
            json.writeStringField("streamSid", terms.sid().text());
            call(json);
            json.writeArrayFieldStart("tracks");
            for (String track : terms.trackNames()) {
                json.writeString(track);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("customParameters");
            for (Map.Entry<String, String> parameter : terms.parameters().entrySet()) {
                json.writeStringField(parameter.getKey(), parameter.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("mediaFormat");
            json.writeStringField("encoding", "audio/x-mulaw");
            json.writeNumberField("sampleRate", 8_000);
            json.writeNumberField("channels", 1);
            json.writeEndObject();
        });
    }

    /** A frame of 20 ms; its number says when it was. */
    String media(String track, long frame, String payload) {
        return numbered("media", json -> {
            json.writeStringField("track", track);
            json.writeStringField("chunk", Long.toString(frame + 1));
            json.writeStringField("timestamp", Long.toString(frame * 20));
            json.writeStringField("payload", payload);
        });
    }

    String digit(char digit) {
        return numbered("dtmf", json -> {
            json.writeStringField("track", "inbound_track");
            json.writeStringField("digit", Character.toString(digit));
        });
    }

    String mark(String name) {
        return numbered("mark", json -> json.writeStringField("name", name));
    }

    /** {@code reason} is ours: a bot need not take a redirect for the end of the call. */
    String stop(String reason) {
        return numbered("stop", json -> {
            call(json);
            json.writeStringField("reason", reason);
        });
    }

    private void call(JsonGenerator json) throws IOException {
        json.writeStringField("accountSid", accountSid);
        json.writeStringField("callSid", callSid);
    }

    private String numbered(String event, Writing body) {
        sequence++;
        return write(json -> {
            json.writeStringField("event", event);
            json.writeStringField("sequenceNumber", Long.toString(sequence));
            json.writeObjectFieldStart(event);
            body.to(json);
            json.writeEndObject();
            json.writeStringField("streamSid", terms.sid().text());
        });
    }

    private static String write(Writing body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = BotMessage.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.to(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
