package teleapi.rest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes descriptions as JSON. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static byte[] write(Fields fields, Dialect dialect) {
        return write(json -> object(json, fields, dialect));
    }

    /** On one line, in our own words. */
    public static String line(Fields fields) {
        return new String(write(fields, Dialect.NATIVE), java.nio.charset.StandardCharsets.UTF_8);
    }

    static byte[] write(Listing listing, Dialect dialect) {
        return write(json -> {
            json.writeStartObject();
            boolean sdk = dialect == Dialect.SDK;
            json.writeNumberField("page", listing.page());
            json.writeNumberField("page_size", listing.size());
            json.writeNumberField("start", listing.start());
            json.writeNumberField("end", listing.end());
            if (!sdk) {
                json.writeNumberField("num_pages", listing.pages());
                json.writeNumberField("total", listing.total());
                json.writeStringField("last_page_uri", listing.last(Format.JSON));
            }
            json.writeStringField("uri", listing.uri(Format.JSON));
            json.writeStringField("first_page_uri", listing.first(Format.JSON));
            json.writeStringField(
                    "previous_page_uri", listing.previous(Format.JSON).orElse(null));
            json.writeStringField("next_page_uri", listing.next(Format.JSON).orElse(null));
            json.writeArrayFieldStart(sdk ? listing.sdkKey() : listing.nativeKey());
            for (Fields item : listing.items()) {
                object(json, item, dialect);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void object(JsonGenerator json, Fields fields, Dialect dialect) throws IOException {
        json.writeStartObject();
        for (Fields.Field field : fields.list(dialect)) {
            json.writeFieldName(field.name());
            value(json, field.value(), dialect);
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Value value, Dialect dialect) throws IOException {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Nothing() -> json.writeNull();
            case Value.Flag(boolean flag) -> json.writeBoolean(flag);
            case Value.Count(long count) -> json.writeNumber(count);
            case Value.Quantity(long count) -> {
                if (dialect == Dialect.SDK) {
                    json.writeString(Long.toString(count));
                } else {
                    json.writeNumber(count);
                }
            }
            case Value.Date(java.time.Instant instant) -> json.writeString(Times.rfc2822(instant));
            case Value.Moment(java.time.Instant instant) ->
                json.writeString(dialect == Dialect.SDK ? Times.rfc2822(instant) : Times.iso(instant));
            case Value.Group(Fields group) -> object(json, group, dialect);
            case Value.Texts(String element, java.util.List<String> texts) -> {
                json.writeStartArray();
                for (String text : texts) {
                    json.writeString(text);
                }
                json.writeEndArray();
            }
            case Value.Items(String element, java.util.List<Fields> items) -> {
                json.writeStartArray();
                for (Fields item : items) {
                    object(json, item, dialect);
                }
                json.writeEndArray();
            }
        }
    }
}
