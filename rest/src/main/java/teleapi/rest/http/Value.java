package teleapi.rest.http;

import java.time.Instant;
import java.util.List;

/** What a field of a description can be; how it is written is the dialect's and the format's affair. */
public sealed interface Value {
    record Text(String text) implements Value {}

    record Nothing() implements Value {}

    record Flag(boolean flag) implements Value {}

    /** A JSON number in both dialects. */
    record Count(long count) implements Value {}

    /** A number that SDKs expect as text: duration, price. */
    record Quantity(long count) implements Value {}

    /** RFC 2822 in both dialects. */
    record Date(Instant instant) implements Value {}

    /** ISO 8601, RFC 2822 for SDKs. */
    record Moment(Instant instant) implements Value {}

    record Group(Fields fields) implements Value {}

    /**
     * Several of a kind.
     *
     * @param element the XML element of each
     */
    record Items(String element, List<Fields> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * Several texts.
     *
     * @param element the XML element of each
     */
    record Texts(String element, List<String> texts) implements Value {
        public Texts {
            texts = List.copyOf(texts);
        }
    }
}
