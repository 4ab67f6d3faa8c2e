package teleapi.call.messaging;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Equipment;
import teleapi.call.directory.Account;
import teleapi.call.directory.MessageSettings;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.Notification;
import teleapi.call.webhook.HttpReply;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Finding;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Message;
import teleapi.rcml.Parsed;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlCode;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Redirect;
import teleapi.rcml.Verb;

/**
 * Runs the document that answers a text message: it may reply, and redirect; there is no call for any other verb.
 *
 * <pre>
 * Shape   ten documents at most
 * Thread  a script of its own, which waits for the application
 * Errors  what goes wrong is a notification of the account, as for calls
 * Source  reference/restcomm.md 5.3, 5.4; ADR-0024
 * </pre>
 */
final class MessageDocument {
    /** Replies to replies, all between numbers of ours. */
    static final int DEEPEST = 10;

    private static final int MOST_DOCUMENTS = 10;
    private static final int ENDLESS = 11215;

    /** What comes next. */
    private record Request(HttpMethod method, String url, Map<String, String> extra) {}

    private final Equipment equipment;
    private final Messages messages;
    private final Account account;
    private final MessageSettings settings;
    private final MessageRecord message;
    private final int depth;
    private boolean fellBack;

    MessageDocument(
            Equipment equipment,
            Messages messages,
            Account account,
            MessageSettings settings,
            MessageRecord message,
            int depth) {
        this.equipment = equipment;
        this.messages = messages;
        this.account = account;
        this.settings = settings;
        this.message = message;
        this.depth = depth;
    }

    void run() {
        Optional<Request> next =
                settings.document(equipment.directory()).map(url -> new Request(settings.smsMethod(), url, Map.of()));
        int documents = 0;
        while (next.isPresent()) {
            Request request = next.get();
            if (++documents > MOST_DOCUMENTS) {
                notify(true, ENDLESS, "more than " + MOST_DOCUMENTS + " documents for one message", request.url());
                return;
            }
            next = answer(request);
        }
    }

    private Optional<Request> answer(Request request) {
        var parameters = Delivery.parameters(message);
        parameters.put("Body", message.body());
        parameters.put("NumMedia", "0");
        parameters.put("NumSegments", Integer.toString(Segments.of(message.body())));
        parameters.putAll(request.extra());
        HttpReply reply =
                equipment.webhooks().exchange(account.authToken(), request.method(), request.url(), parameters);
        return switch (reply.usable()) {
            case HttpReply.Failed failed -> unusable(failed.code(), failed.reason(), request.url());
            case HttpReply.Received received -> read(received);
        };
    }

    private Optional<Request> read(HttpReply.Received received) {
        String text = new String(received.body(), StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (received.contentType().equals("text/plain")) {
            if (text.length() > Message.MAX_BODY) {
                String what = "text has " + text.length() + " characters, allowed are 1 to " + Message.MAX_BODY;
                notify(true, RcmlCode.MESSAGE_TEXT.number(), what, received.url());
                return Optional.empty();
            }
            return run(new RcmlDocument(List.of(Message.of(new Position(1, 1), text)), List.of()), received.url());
        }
        return switch (RcmlParser.parse(received.body())) {
            case Parsed.Valid valid -> run(valid.document(), received.url());
            case Parsed.Invalid invalid ->
                unusable(
                        invalid.code(),
                        invalid.message("document at " + Urls.withoutUser(received.url())),
                        received.url());
        };
    }

    private Optional<Request> run(RcmlDocument document, String url) {
        for (Finding finding : document.findings()) {
            notify(
                    false,
                    finding.code(),
                    Urls.withoutUser(url) + " at " + finding.position() + ": " + finding.message(),
                    url);
        }
        for (Verb verb : document.verbs()) {
            switch (verb) {
                case Message reply -> {
                    Map<String, String> result = reply(reply, url);
                    if (reply.action().isPresent()) {
                        return go(reply.action().get(), reply.method(), url, result);
                    }
                }
                case Redirect redirect -> {
                    return go(redirect.url(), redirect.method(), url, Map.of());
                }
                default ->
                    notify(
                            false,
                            RcmlCode.MESSAGE_REPLY.number(),
                            verb.name() + " at " + verb.position() + " skipped: there is no call",
                            url);
            }
        }
        return Optional.empty();
    }

    private Optional<Request> go(String reference, HttpMethod method, String base, Map<String, String> extra) {
        Optional<String> url = Urls.resolve(base, reference);
        return url.isPresent()
                ? Optional.of(new Request(method, url.get(), extra))
                : unusable(11100, "not a URL that can be requested: " + Urls.withoutUser(reference), reference);
    }

    private Map<String, String> reply(Message reply, String base) {
        Optional<NewMessage.Callback> callback = NewMessage.callback(reply, base);
        if (reply.statusCallback().isPresent() && callback.isEmpty()) {
            notify(false, 11100, "statusCallback of Message at " + reply.position() + " is no URL", base);
        }
        Sent sent = messages.reply(
                new NewMessage(
                        account.sid(),
                        Optional.empty(),
                        reply.from().orElse(message.to()),
                        reply.to().orElse(message.from()),
                        reply.body(),
                        callback),
                depth);
        if (sent instanceof Sent.Refused refused) {
            notify(true, refused.code(), "Message at " + reply.position() + " is not sent: " + refused.reason(), base);
        }
        return sent.parameters();
    }

    /** The fallback, once. */
    private Optional<Request> unusable(int code, String reason, String url) {
        notify(true, code, reason, url);
        if (fellBack || settings.fallbackUrl().isEmpty()) {
            return Optional.empty();
        }
        fellBack = true;
        var extra = new LinkedHashMap<String, String>();
        extra.put("ErrorCode", Integer.toString(code));
        extra.put("ErrorUrl", Urls.withoutUser(url));
        return Optional.of(
                new Request(settings.fallbackMethod(), settings.fallbackUrl().get(), extra));
    }

    private void notify(boolean error, int code, String what, String url) {
        String text = "message " + message.sid() + ": " + what;
        equipment.notified(
                Notification.now(equipment.world(), account.sid(), Optional.empty(), error, code, text, url),
                Map.of("message_sid", message.sid().text()));
    }
}
