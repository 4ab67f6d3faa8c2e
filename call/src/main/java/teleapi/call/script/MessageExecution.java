package teleapi.call.script;

import java.util.Optional;
import teleapi.call.Direction;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.CallRecord;
import teleapi.rcml.Message;

/**
 * Hands a text message over, and goes on at once: nothing of it is waited for.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.3; ADR-0024
 * </pre>
 */
final class MessageExecution {
    private final Script script;
    private final Message message;
    private final String baseUrl;

    MessageExecution(Script script, Message message, String baseUrl) {
        this.script = script;
        this.message = message;
        this.baseUrl = baseUrl;
    }

    Optional<Next> run() throws Interruption {
        CallRecord call = script.call.snapshot();
        boolean inbound = call.direction() == Direction.INBOUND;
        Sent sent = script.switchboard
                .messages()
                .hand(new NewMessage(
                        call.accountSid(),
                        Optional.of(call.sid()),
                        message.from().orElse(inbound ? call.to() : call.from()),
                        message.to().orElse(inbound ? call.from() : call.to()),
                        message.body(),
                        callback()));
        switch (sent) {
            case Sent.Queued(var record) -> script.call.journal().did("sends message " + record.sid());
            case Sent.Refused refused ->
                script.documents.cannotExecute(
                        message.action(),
                        refused.code(),
                        "Message at " + message.position() + " is not sent: " + refused.reason(),
                        baseUrl);
        }
        return message.action().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        script.documents.go(message.action().get(), message.method(), baseUrl, sent.parameters()));
    }

    private Optional<NewMessage.Callback> callback() {
        Optional<NewMessage.Callback> callback = NewMessage.callback(message, baseUrl);
        if (message.statusCallback().isPresent() && callback.isEmpty()) {
            script.notify(false, 11100, "statusCallback of Message is no URL", baseUrl);
        }
        return callback;
    }
}
