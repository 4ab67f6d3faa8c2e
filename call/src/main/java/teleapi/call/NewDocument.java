package teleapi.call;

import java.util.Map;
import java.util.Optional;
import teleapi.rcml.Conference;
import teleapi.rcml.HttpMethod;

/** Where a document comes from. */
public sealed interface NewDocument {
    /** What is requested when this one cannot be had or run. */
    Optional<Fetch> fallback();

    /** An absolute http or https URL. */
    record Fetch(String url, HttpMethod method) {}

    /**
     * Where it is requested.
     *
     * @param parameters what its request has besides the usual ones
     */
    record AtUrl(Fetch fetch, Optional<Fetch> fallback, Map<String, String> parameters) implements NewDocument {
        public AtUrl(Fetch fetch, Optional<Fetch> fallback) {
            this(fetch, fallback, Map.of());
        }
    }

    record Inline(String rcml, Optional<Fetch> fallback) implements NewDocument {}

    /** No document: waiting, with music or in silence, until something else comes. */
    record Wait(boolean music) implements NewDocument {
        @Override
        public Optional<Fetch> fallback() {
            return Optional.empty();
        }
    }

    /**
     * No document: a stay in a room.
     *
     * @param only the conference that it must be; empty: whichever has the name, opened if there is none
     */
    record Join(Conference terms, Optional<Sid> only) implements NewDocument {
        @Override
        public Optional<Fetch> fallback() {
            return Optional.empty();
        }
    }

    /**
     * No document: a bridge with another live call, until either leaves.
     *
     * @param sid the modification that asked for it, by which both calls know it
     */
    record Bridge(Sid sid, Call other) implements NewDocument {
        @Override
        public Optional<Fetch> fallback() {
            return Optional.empty();
        }
    }
}
