package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.Controls.Streaming;
import teleapi.call.Sid;
import teleapi.call.stream.MediaStream;
import teleapi.call.stream.StreamTerms;
import teleapi.call.webhook.Urls;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.rcml.Stream;

/**
 * The streams of one call that go on: those that documents or the API have started, which outlive documents, and the one of a Connect.
 *
 * <pre>
 * Shape   four at most, with different names
 * Thread  the call's
 * Source  reference/peers.md 2.5; ADR-0020
 * </pre>
 */
final class CallStreams {
    /** A recorder, a transcriber, a supervisor and a bot; each costs what a member of a room does. */
    private static final int MOST = 4;

    static final int NOT_BEGUN = 29652;

    private final Script script;
    private final Map<Sid, MediaStream> running = new LinkedHashMap<>();
    /** Begun by a document that is heard again and again, of which this has been told. */
    private record Repeated(Told told, String url) {}

    private final Map<Sid, Repeated> repeated = new LinkedHashMap<>();

    private Optional<Sid> awaited = Optional.empty();

    CallStreams(Script script) {
        this.script = script;
    }

    // ---- of documents

    /** Begins to fork the sound. What becomes of it then is no error of the document, which has gone on. */
    void begin(Stream stream, String baseUrl) throws Interruption {
        StreamTerms terms = terms(stream, false, baseUrl);
        Optional<String> why = doesNotBegin(terms);
        if (why.isPresent()) {
            script.documents.cannotExecute(NOT_BEGUN, why.get(), baseUrl);
            return;
        }
        script.documents.repeating().ifPresent(told -> repeated.put(terms.sid(), new Repeated(told, stream.url())));
        begin(terms);
    }

    /** What a stream of a document is begun with. */
    StreamTerms terms(Stream stream, boolean bidirectional, String baseUrl) {
        return new StreamTerms(Sid.fresh(Sid.STREAM, script.equipment.world()), told(stream, baseUrl), bidirectional);
    }

    /** Why it may not begin now; empty when it may. */
    Optional<String> doesNotBegin(StreamTerms terms) {
        return refusal(terms).map(why -> "Stream at " + terms.stream().position() + " does not begin: " + why);
    }

    /** Begins one in both directions, whose end is awaited. */
    MediaStream connect(StreamTerms terms) {
        awaited = Optional.of(terms.sid());
        return begin(terms);
    }

    /** The same, with a status callback that can be requested. */
    private Stream told(Stream stream, String baseUrl) {
        Optional<String> callback = stream.statusCallback().flatMap(url -> Urls.resolve(baseUrl, url));
        if (callback.isEmpty() && stream.statusCallback().isPresent()) {
            script.notify(false, 11100, "statusCallback of Stream at " + stream.position() + " is no URL", baseUrl);
        }
        return new Stream(
                stream.position(),
                stream.name(),
                stream.url(),
                stream.track(),
                callback,
                stream.statusCallbackMethod(),
                stream.parameters());
    }

    private MediaStream begin(StreamTerms terms) {
        Layer layer = script.layer();
        MediaStream stream = script.equipment.streaming().begin(script.call, terms, layer, script.nextId());
        running.put(terms.sid(), stream);
        // Its server is told the keys, also those of a party whose phone has tones for them alone.
        script.listenForTones(true);
        script.call.journal().media("stream begins", terms.sid().text(), Map.of());
        script.controls.recorded();
        return stream;
    }

    private Optional<String> refusal(StreamTerms terms) {
        if (running.size() == MOST) {
            return Optional.of("the call has " + MOST + " streams");
        }
        return terms.stream().name().flatMap(this::find).map(one -> "the call has a stream of this name");
    }

    /** Ends the one with this name; it is no mistake of the document when the server has closed it before. */
    void stop(String name, String baseUrl) {
        find(name)
                .ifPresentOrElse(
                        one -> one.stop("stopped"),
                        () -> script.notify(
                                false, NOT_BEGUN, "Stop: no stream of this name goes on: " + name, baseUrl));
    }

    /** The one of the Connect is awaited no more. */
    void disconnected() {
        awaited = Optional.empty();
    }

    /** The call ends. */
    void end() {
        running.values().forEach(stream -> stream.stop("ended"));
    }

    // ---- of the API

    /** Why it cannot be done now; empty when it can. */
    Optional<String> forbidden(Streaming wanted, boolean answered) {
        return switch (wanted) {
            case Streaming.Start start when !answered -> Optional.of("the call has not been answered");
            case Streaming.Start start -> refusal(start.terms());
            case Streaming.Stop stop ->
                find(stop.which()).isPresent() ? Optional.empty() : Optional.of("no such stream goes on");
        };
    }

    void change(Streaming wanted) {
        switch (wanted) {
            case Streaming.Start start -> begin(start.terms());
            case Streaming.Stop stop -> find(stop.which()).ifPresent(one -> one.stop("stopped"));
        }
    }

    private Optional<MediaStream> find(String nameOrSid) {
        return running.values().stream()
                .filter(one -> one.terms().goesBy(nameOrSid))
                .findFirst();
    }

    List<StreamTerms> terms() {
        return running.values().stream().map(MediaStream::terms).toList();
    }

    // ---- what came of it

    /** Whether the event is nobody else's. */
    boolean takes(CallEvent event) {
        return switch (event) {
            case CallEvent.StreamEnded ended -> ended(ended);
            case CallEvent.StreamInTrouble trouble -> {
                notify(trouble.stream(), false, trouble.code(), trouble.reason());
                yield true;
            }
            case CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit)) -> {
                running.values().forEach(stream -> stream.digit(digit));
                yield false;
            }
            default -> false;
        };
    }

    private boolean ended(CallEvent.StreamEnded ended) {
        if (running.containsKey(ended.stream())) {
            running.remove(ended.stream());
            script.listenForTones(false);
        }
        script.controls.recorded();
        if (awaited.equals(Optional.of(ended.stream()))) {
            return false;
        }
        if (ended.code() != 0) {
            notify(ended.stream(), true, ended.code(), ended.reason());
        }
        repeated.remove(ended.stream());
        return true;
    }

    /** Once a wait, also when its document has begun anew, or is over, until this is known. */
    private void notify(Sid stream, boolean error, int code, String reason) {
        // The reason names the stream, which is another one in each round.
        boolean enough = Optional.ofNullable(repeated.get(stream))
                .filter(one -> one.told().enough(code, "", one.url()))
                .isPresent();
        if (!enough) {
            script.notify(error, code, reason, "");
        }
    }
}
