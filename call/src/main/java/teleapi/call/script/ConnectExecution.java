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
        Optional<MediaStream> begun = script.streams.connect(connect.stream(), baseUrl);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        MediaStream stream = begun.get();
        script.owedOnRedirect(action.map(url -> connect.method() + " " + url));
        CallEvent.StreamEnded ended;
        try {
            ended = (CallEvent.StreamEnded) script.await(
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
        var result = new LinkedHashMap<>(about(stream.terms()));
        if (ended.code() != 0 && connect.action().isEmpty()) {
            script.documents.cannotExecute(ended.code(), ended.reason(), baseUrl);
        } else if (ended.code() != 0) {
            script.notify(true, ended.code(), ended.reason(), "");
            result.put("StreamError", ended.reason());
            result.put("ErrorCode", Integer.toString(ended.code()));
        }
        return connect.action().isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(connect.action().get(), connect.method(), baseUrl, result));
    }

    private void report(Interruption interruption, StreamTerms terms) {
        var result = new LinkedHashMap<>(interruption.told());
        result.putAll(about(terms));
        action.ifPresent(url -> script.owe(
                interruption.redirect(), () -> script.documents.send(connect.method(), url, result, ignored -> {})));
    }

    private static Map<String, String> about(StreamTerms terms) {
        return Map.of("StreamSid", terms.sid().text(), "StreamName", terms.name());
    }
}
