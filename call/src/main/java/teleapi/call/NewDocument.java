package teleapi.call;

import java.util.Optional;
import teleapi.rcml.HttpMethod;

/** Where a document comes from. */
public sealed interface NewDocument {
    /** What is requested when this one cannot be had or run. */
    Optional<Fetch> fallback();

    /** An absolute http or https URL. */
    record Fetch(String url, HttpMethod method) {}

    record AtUrl(Fetch fetch, Optional<Fetch> fallback) implements NewDocument {}

    record Inline(String rcml, Optional<Fetch> fallback) implements NewDocument {}
}
