package teleapi.call.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.call.webhook.HttpReply;
import teleapi.rcml.Parsed;
import teleapi.rcml.Play;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Say;
import teleapi.runtime.Time;

/** What the answer of an application server means as a document. Thread: the call's. */
final class Documents {
    /** reference/reliability.md A5: a document that redirects to itself must not spin for ever. */
    private static final int MOST_IN_A_ROW = 100;

    private static final Duration ROW = Duration.ofSeconds(10);

    /** A document to run, or why there is none. */
    sealed interface Read {
        record Ready(RcmlDocument document, String baseUrl) implements Read {}

        record Unusable(int code, String reason, OptionalInt httpStatus) implements Read {}
    }

    private final Time time;
    private long rowBegan = Long.MIN_VALUE;
    private int inRow;

    Documents(Time time) {
        this.time = time;
    }

    /** Whether another document may begin now. */
    boolean mayBegin() {
        if (rowBegan == Long.MIN_VALUE || time.nanos() - rowBegan > ROW.toNanos()) {
            rowBegan = time.nanos();
            inRow = 0;
        }
        return ++inRow <= MOST_IN_A_ROW;
    }

    static Read read(HttpReply reply) {
        return switch (reply) {
            case HttpReply.Failed failed -> new Read.Unusable(failed.code(), failed.reason(), OptionalInt.empty());
            case HttpReply.Received received
            when received.status() >= 300 ->
                new Read.Unusable(
                        received.status() == 404 ? 21402 : 11200,
                        received.url() + " was answered with " + received.status(),
                        OptionalInt.of(received.status()));
            case HttpReply.Received received
            when received.contentType().startsWith("audio/") ->
                only(new Play(new Position(1, 1), received.url(), "", 1), received.url());
            case HttpReply.Received received
            when received.contentType().equals("text/plain") ->
                only(
                        new Say(
                                new Position(1, 1),
                                new String(received.body(), java.nio.charset.StandardCharsets.UTF_8),
                                "man",
                                "en",
                                1),
                        received.url());
            case HttpReply.Received received -> parse(received.body(), received.url());
        };
    }

    static Read parse(byte[] body, String url) {
        return switch (RcmlParser.parse(body)) {
            case Parsed.Valid valid -> new Read.Ready(valid.document(), url);
            case Parsed.Invalid invalid ->
                new Read.Unusable(
                        invalid.code(),
                        "document " + (url.isEmpty() ? "in the request" : "at " + url) + " refused at "
                                + invalid.position() + ": " + invalid.reason(),
                        OptionalInt.empty());
        };
    }

    /** What a fallback request also carries. */
    static Map<String, String> errorParameters(Read.Unusable error, Optional<String> url) {
        return Map.of("ErrorCode", Integer.toString(error.code()), "ErrorUrl", url.orElse(""));
    }

    private static Read only(teleapi.rcml.Verb verb, String url) {
        return new Read.Ready(new RcmlDocument(List.of(verb), List.of()), url);
    }
}
