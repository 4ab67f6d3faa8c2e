package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.stream.MediaStream;
import teleapi.call.stream.StreamTerms;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Connect;
import teleapi.runtime.Deadline;

/**
 * One run of a Connect: the party talks with whoever is behind the WebSocket until the server closes it, the API stops it, or it fails; then the
 * action, or the next verb. Cut off, the server is told stop, once, and the action is told of it all the same, but nobody follows its answer.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/peers.md part 3 "Redirect during Connect Stream"; ADR-0020
 * </pre>
 */
final class ConnectExecution {
    private final Script script;
    private final Connect connect;
    private final String baseUrl;
    private final Optional<String> action;

    ConnectExecution(Script script, Connect connect, String baseUrl) {
        this.script = script;
        this.connect = connect;
        this.baseUrl = baseUrl;
        this.action = connect.action().flatMap(url -> Urls.resolve(baseUrl, url));
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        StreamTerms terms = script.streams.terms(connect.stream(), true, baseUrl);
        Optional<String> why = script.streams.doesNotBegin(terms);
        if (why.isPresent()) {
            return over(terms, CallStreams.NOT_BEGUN, why.get());
        }
        CallEvent.StreamEnded ended = talk(script.streams.connect(terms));
        return over(terms, ended.code(), ended.reason());
    }

    private CallEvent.StreamEnded talk(MediaStream stream) throws Interruption {
        script.owedOnRedirect(action.map(url -> connect.method() + " " + url));
        try {
            return (CallEvent.StreamEnded) script.await(
                            Deadline.NEVER,
                            event -> event instanceof CallEvent.StreamEnded over
                                    && over.stream().equals(stream.terms().sid()))
                    .orElseThrow();
        } catch (Interruption interruption) {
            stream.stop(interruption.redirect() ? "redirected" : "ended");
            report(interruption, stream.terms());
            throw interruption;
        } finally {
            script.streams.disconnected();
            script.owedOnRedirect(Optional.empty());
        }
    }

    /** {@code code} 0: nothing has failed. */
    private Optional<Next> over(StreamTerms terms, int code, String reason) throws Interruption {
        var result = new LinkedHashMap<>(about(terms));
        if (code != 0) {
            script.documents.cannotExecute(connect.action(), code, reason, baseUrl);
            result.put("StreamError", reason);
            result.put("ErrorCode", Integer.toString(code));
        }
        return connect.action().isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(connect.action().get(), connect.method(), baseUrl, result));
    }

    private void report(Interruption interruption, StreamTerms terms) {
        var result = new LinkedHashMap<>(interruption.told());
        result.putAll(about(terms));
        action.ifPresent(url -> script.clearing.oweAction(interruption, connect.method(), url, result));
    }

    private static Map<String, String> about(StreamTerms terms) {
        return Map.of("StreamSid", terms.sid().text(), "StreamName", terms.name());
    }
}
