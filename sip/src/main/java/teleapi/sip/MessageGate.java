package teleapi.sip;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.message.Header;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.Intervals;
import teleapi.sip.transaction.ServerUser;

/**
 * MESSAGE, in a dialog or not: who may send one, and the answer to it. Each is taken once, however often it comes.
 *
 * <pre>
 * Source  RFC 3428 §7; RFC 3261 §8.2.2.2
 * </pre>
 */
final class MessageGate {
    private static final Header ACCEPT = new Header("Accept", "text/plain;charset=UTF-8");

    // Owned by one SIP worker.
    private final SipWorker worker;
    private final Gate gate;
    private final Shared shared;
    /** Those that were taken while a copy of them may still be on its way, the oldest first, with their times. */
    private final Map<Merge, Long> taken = new LinkedHashMap<>();

    MessageGate(SipWorker worker, Gate gate, Shared shared) {
        this.worker = worker;
        this.gate = gate;
        this.shared = shared;
    }

    void received(Incoming incoming) {
        if (gate.closed(incoming)) {
            return;
        }
        forget();
        if (taken.containsKey(Merge.of(incoming))) {
            worker.reply(incoming, 482, List.of());
            return;
        }
        Optional<Charset> charset = charset(incoming.request());
        if (charset.isEmpty()) {
            worker.reply(incoming, 415, List.of(ACCEPT));
            return;
        }
        String text = new String(incoming.request().body(), charset.get()).strip();
        if (text.isEmpty() || text.length() > shared.door().longestMessage()) {
            worker.reply(incoming, text.isEmpty() ? 400 : 413, List.of());
            return;
        }
        gate.identify(incoming, client -> judge(incoming, text, client));
    }

    /** RFC 3428 §9: UTF-8, unless it says otherwise; empty when it is none that we can read. */
    private static Optional<Charset> charset(SipRequest request) {
        try {
            return Optional.of(request.charset().map(Charset::forName).orElse(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private void judge(Incoming incoming, String text, Optional<String> client) {
        var message = new IncomingMessage(
                incoming.request(), text, client, incoming.path().remote());
        switch (shared.door().messaged(message)) {
            case MessageVerdict.Challenge _ -> gate.challenge(incoming);
            case MessageVerdict.Answer(int status, String reason) -> {
                if (status < 300) {
                    taken.put(Merge.of(incoming), shared.world().time().nanos());
                }
                SipResponse response = SipResponse.to(
                                incoming.request(),
                                status,
                                reason.isEmpty() ? Reasons.phrase(status) : Phrases.clean(reason),
                                worker.statelessTag(incoming))
                        .with(worker.server())
                        .withTimeToRetry();
                if (client.isEmpty() && status >= 400 && status < 500) {
                    // a stranger's, asked again, has the same answer again: nothing is kept of it (RFC 3261 §8.2.7)
                    worker.answer(incoming, response);
                } else {
                    worker.serve(incoming, ServerUser.NONE).respond(response);
                }
            }
        }
    }

    private void forget() {
        long now = shared.world().time().nanos();
        Iterator<Long> times = taken.values().iterator();
        while (times.hasNext() && now - times.next() > Intervals.LIMIT) {
            times.remove();
        }
    }
}
