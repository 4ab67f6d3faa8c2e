package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Refer;
import teleapi.runtime.Deadline;
import teleapi.sip.DialogEvent;
import teleapi.sip.SipUri;

/**
 * One run of a Refer: REFER to the party, then its NOTIFYs until it says what came of its call.
 *
 * <pre>
 * Thread  the call's
 * Errors  the action is requested once on every path, also when the party hangs up before it has said anything
 * Source  RFC 3515; reference/peers.md part 4 row 20; ADR-0018
 * </pre>
 */
final class ReferExecution {
    /** As long as a Dial rings by default, and time for the far end to set out. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Script script;
    private final Refer refer;
    private final String baseUrl;
    private final Optional<String> action;
    private int answer;
    private int notified;
    private boolean followed;

    ReferExecution(Script script, Refer refer, String baseUrl) {
        this.script = script;
        this.refer = refer;
        this.baseUrl = baseUrl;
        this.action = refer.action().flatMap(url -> Urls.resolve(baseUrl, url));
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        Optional<SipUri> target = SipUri.parse(refer.uri());
        if (target.isEmpty()) {
            script.documents.cannotExecute(
                    refer.action(), 13223, "Refer at " + refer.position() + ": no SIP URI", baseUrl);
            return over(Map.of("ReferCallStatus", "failed"));
        }
        script.owedOnRedirect(action.map(url -> refer.method() + " " + url));
        try {
            script.leg().refer(target.get());
            follow();
        } catch (Interruption interruption) {
            Map<String, String> parameters = result();
            parameters.putAll(interruption.told());
            action.ifPresent(url -> script.clearing.oweAction(interruption, refer.method(), url, parameters));
            throw interruption;
        } finally {
            script.owedOnRedirect(Optional.empty());
        }
        return over(result());
    }

    private Optional<Next> over(Map<String, String> result) throws Interruption {
        return refer.action().isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(refer.action().get(), refer.method(), baseUrl, result));
    }

    private void follow() throws Interruption {
        Deadline until = script.time.after(LONGEST);
        Optional<CallEvent> event = script.prompts.silence(until, this::ends);
        if (event.isEmpty()) {
            script.call.journal().did("nothing more is heard of the REFER");
        }
    }

    /** Takes what is about the REFER; true when it was the last. */
    private boolean ends(CallEvent event) {
        return switch (event) {
            case CallEvent.DialogHappened(DialogEvent.ReferAnswered answered) -> {
                answer = answered.status();
                followed = answered.followed();
                yield !followed || notified >= 200;
            }
            // RFC 3515 §2.4.4: it may overtake the 202
            case CallEvent.DialogHappened(DialogEvent.Notified notice) -> {
                notified = notice.status() == 0 ? notified : notice.status();
                yield notice.last();
            }
            default -> false;
        };
    }

    private Map<String, String> result() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("ReferCallStatus", outcome());
        if (answer != 0) {
            parameters.put("ReferSipResponseCode", Integer.toString(answer));
        }
        if (notified != 0) {
            parameters.put("NotifySipResponseCode", Integer.toString(notified));
        }
        return parameters;
    }

    private String outcome() {
        if (answer >= 300) {
            return "failed";
        }
        return switch (notified) {
            case 486, 600, 603 -> "busy";
            case 408, 480, 487 -> "no-answer";
            default -> {
                if (notified >= 200) {
                    yield notified < 300 ? "completed" : "failed";
                }
                yield answer == 0 && notified == 0 ? "no-answer" : "accepted";
            }
        };
    }
}
