package teleapi.call.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Reading;
import teleapi.call.webhook.HttpReply;
import teleapi.call.webhook.Sounds;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Dial;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Parsed;
import teleapi.rcml.Pause;
import teleapi.rcml.Play;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Say;
import teleapi.runtime.Deadline;

/**
 * Gets the documents of one call: requests them, falls back once when one cannot be had, and says what an answer means.
 *
 * <pre>
 * Thread  the call's; requests run beside it and come back as Fetched
 * Source  CONTRACT section 2 "FallbackUrl"; reference/restcomm.md part 5
 * </pre>
 */
final class Documents {
    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    /** reference/reliability.md A5: a document that redirects to itself must not spin for ever. */
    private static final int MOST_IN_A_ROW = 100;

    private static final int SAY_TEXT = 13520;

    private static final Duration ROW = Duration.ofSeconds(10);

    /** A leg that waits for a modification that never comes ends after this. */
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Script script;
    private Optional<NewDocument.Fetch> fallback = Optional.empty();
    private boolean fallbackCoversExecution;
    private Optional<Told> repeated = Optional.empty();
    private long rowBegan = Long.MIN_VALUE;
    private int inRow;

    Documents(Script script) {
        this.script = script;
    }

    /**
     * What is requested instead when a document cannot be had.
     *
     * @param execution also when it cannot be carried out, as the FallbackUrl of a redirect is (CONTRACT section 2)
     */
    void fallback(Optional<NewDocument.Fetch> next, boolean execution) {
        fallback = next;
        fallbackCoversExecution = execution;
    }

    /** Runs something with a fallback of its own, if any, also for execution; afterwards the present one is in force again. */
    void apart(Optional<NewDocument.Fetch> own, Interruptible work) throws Interruption {
        Optional<NewDocument.Fetch> before = fallback;
        boolean execution = fallbackCoversExecution;
        fallback(own, true);
        try {
            work.run();
        } finally {
            fallback(before, execution);
        }
    }

    /** From now on documents run that are heard again and again, of which this has been told. */
    void repeat(Told told) {
        repeated = Optional.of(told);
    }

    /** They do no more. */
    void repeatNoMore() {
        repeated = Optional.empty();
    }

    /** What has been told of the documents that are heard again and again, if one of them runs. */
    Optional<Told> repeating() {
        return script.inOverlay() ? Optional.empty() : repeated;
    }

    /** Whether a notification of a document is left out, as it would be one in each round. */
    boolean toldEnough(int code, String message, String url) {
        return !url.isEmpty()
                && repeating().filter(told -> told.enough(code, message, url)).isPresent();
    }

    /** Something that waits. */
    interface Interruptible {
        void run() throws Interruption;
    }

    /**
     * A verb cannot do what it says, and no action is told so: a notification, and the next verb; or the fallback, if it is there for that.
     * What others decide is no error: a callee who is busy, a party that does not want to be referred.
     */
    void cannotExecute(int code, String reason, String url) throws Interruption {
        if (fallbackCoversExecution && fallback.isPresent()) {
            throw new Interruption(new Next.FallBack(
                    new Reading.Unusable(code, reason), Optional.of(url).filter(text -> !text.isEmpty())));
        }
        script.notify(true, code, reason, url);
    }

    /** The same of a verb that may have an action: that is told so, and comes next. */
    void cannotExecute(Optional<String> action, int code, String reason, String url) throws Interruption {
        if (action.isPresent()) {
            script.notify(true, code, reason, url);
        } else {
            cannotExecute(code, reason, url);
        }
    }

    /** The document at a URL of another document comes next. */
    Next go(String reference, HttpMethod method, String baseUrl, Map<String, String> extra) throws Interruption {
        Optional<String> url = Urls.resolve(baseUrl, reference);
        return url.isPresent()
                ? new Next.Fetch(new NewDocument.Fetch(url.get(), method), extra)
                : unusable(
                        new Reading.Unusable(11100, "not a URL that can be requested: " + Urls.withoutUser(reference)),
                        Optional.of(reference));
    }

    /** The document of a request comes next, or its fallback. */
    Next fetch(Next.Fetch fetch) throws Interruption {
        if (!mayBegin()) {
            cannotExecute(
                    11215,
                    "more than 100 documents in 10 s, the last at "
                            + Urls.withoutUser(fetch.from().url()),
                    fetch.from().url());
            return new Next.Exhausted(EndReason.error("documents redirect endlessly"));
        }
        return switch (request(fetch.from(), fetch.extra())) {
            case Reading.Ready ready -> new Next.Run(ready.document(), ready.baseUrl());
            case Reading.Unusable unusable ->
                unusable(unusable, Optional.of(fetch.from().url()));
        };
    }

    /** A document cannot be had: the fallback, once; else the end. */
    Next unusable(Reading.Unusable error, Optional<String> url) throws Interruption {
        script.notify(true, error.code(), error.reason(), url.orElse(""));
        if (fallback.isEmpty()) {
            return new Next.Exhausted(EndReason.error(error.reason()));
        }
        NewDocument.Fetch instead = fallback.get();
        fallback = Optional.empty();
        return switch (request(instead, errorParameters(error, url))) {
            case Reading.Ready ready -> new Next.Run(ready.document(), ready.baseUrl());
            case Reading.Unusable again -> {
                script.notify(true, again.code(), again.reason(), instead.url());
                yield new Next.Exhausted(EndReason.error(again.reason()));
            }
        };
    }

    /** Requests a document and waits for it; modifications go on meanwhile. */
    Reading request(NewDocument.Fetch from, Map<String, String> extra) throws Interruption {
        long fetch = startFetch(from, extra);
        CallEvent.Fetched fetched = (CallEvent.Fetched) script.prompts
                .soon(Deadline.NEVER, event -> event instanceof CallEvent.Fetched done && done.fetch() == fetch)
                .orElseThrow();
        return fetched.reading();
    }

    /**
     * Requests a document beside the call; it comes back as Fetched with this number. It is read there, too: what the XML parser keeps for the next
     * document is 16 KiB a thread, and this one is gone at once.
     */
    long startFetch(NewDocument.Fetch from, Map<String, String> extra) {
        long fetch = script.nextId();
        send(from.method(), from.url(), extra, Map.of("Request", Long.toString(fetch)), reply -> {
            long at = script.time.nanos();
            script.call.post(new CallEvent.Fetched(fetch, at, reading(from.url(), reply)));
        });
        return fetch;
    }

    /** A call waits for this without a limit of its own: whatever goes wrong is an answer. */
    private static Reading reading(String url, HttpReply reply) {
        try {
            return read(reply);
        } catch (RuntimeException bug) {
            LOG.error("the answer of {} cannot be read by a fault of ours", Urls.withoutSecrets(url), bug);
            return new Reading.Unusable(12100, "the answer of " + Urls.withoutUser(url) + " cannot be read: " + bug);
        }
    }

    /** Sends a webhook with this call's parameters. */
    void send(HttpMethod method, String url, Map<String, String> extra, Consumer<HttpReply> told) {
        send(method, url, extra, Map.of(), told);
    }

    private void send(
            HttpMethod method,
            String url,
            Map<String, String> extra,
            Map<String, String> noted,
            Consumer<HttpReply> told) {
        var parameters = CallParameters.voice(
                script.call.snapshot(),
                script.call.snapshot().status().text(),
                script.call.origin().parameters());
        parameters.putAll(extra);
        long requested = script.call.journal().requested(method, url, noted);
        script.equipment.webhooks().request(script.call.account().authToken(), method, url, parameters, reply -> {
            script.call.journal().replied(url, reply, requested);
            told.accept(reply);
        });
    }

    /** Whether another document may begin now. */
    private boolean mayBegin() {
        if (rowBegan == Long.MIN_VALUE || script.time.nanos() - rowBegan > ROW.toNanos()) {
            rowBegan = script.time.nanos();
            inRow = 0;
        }
        return ++inRow <= MOST_IN_A_ROW;
    }

    private static Reading read(HttpReply reply) {
        return switch (reply.usable()) {
            case HttpReply.Failed failed -> new Reading.Unusable(failed.code(), failed.reason());
            case HttpReply.Received received when received.contentType().startsWith("audio/") -> heard(received.url());
            case HttpReply.Received received
            when received.contentType().equals("text/plain") ->
                said(new String(received.body(), java.nio.charset.StandardCharsets.UTF_8), received.url());
            case HttpReply.Received received -> parse(received.body(), received.url());
        };
    }

    static Reading parse(NewDocument.Inline inline) {
        return parse(inline.rcml().getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
    }

    /** What a leg does that waits for something else to come. */
    static Next.Run waiting(NewDocument.Wait how) {
        var here = new Position(1, 1);
        teleapi.rcml.Verb verb = how.music() ? new Play(here, Sounds.MUSIC, "", 0) : new Pause(here, LONGEST_WAIT);
        return new Next.Run(new RcmlDocument(List.of(verb), List.of()), "");
    }

    /** A stay in a room, and nothing after it. */
    static Next.Run joining(NewDocument.Join room) {
        var dial = Dial.of(new Position(1, 1), room.terms());
        return new Next.Run(new RcmlDocument(List.of(dial), List.of()), "", room.only());
    }

    static Reading parse(byte[] body, String url) {
        return switch (RcmlParser.parse(body)) {
            case Parsed.Valid valid -> new Reading.Ready(valid.document(), url);
            case Parsed.Invalid invalid ->
                new Reading.Unusable(
                        invalid.code(),
                        invalid.message(
                                "document " + (url.isEmpty() ? "in the request" : "at " + Urls.withoutUser(url))));
        };
    }

    /** What a fallback request also carries. */
    static Map<String, String> errorParameters(Reading.Unusable error, Optional<String> url) {
        return Map.of("ErrorCode", Integer.toString(error.code()), "ErrorUrl", Urls.withoutUser(url.orElse("")));
    }

    private static Reading heard(String url) {
        return url.length() > RcmlDocument.MAX_URL
                ? new Reading.Unusable(11100, "a sound at a URL of " + url.length() + " characters")
                : only(new Play(new Position(1, 1), url, "", 1), url);
    }

    /** Text that nobody can say is no document, as an XML without a verb in it would be none. */
    private static Reading said(String text, String url) {
        return text.isBlank() || text.length() > Say.MAX_TEXT
                ? new Reading.Unusable(
                        SAY_TEXT,
                        "text of " + text.length() + " characters at " + Urls.withoutUser(url)
                                + " cannot be said, allowed are 1 to " + Say.MAX_TEXT)
                : only(new Say(new Position(1, 1), text, Say.DEFAULT_VOICE, Say.DEFAULT_LANGUAGE, 1), url);
    }

    private static Reading only(teleapi.rcml.Verb verb, String url) {
        return new Reading.Ready(new RcmlDocument(List.of(verb), List.of()), url);
    }
}
