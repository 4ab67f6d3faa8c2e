package teleapi.rest.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.messaging.Segments;
import teleapi.call.messaging.Sent;
import teleapi.call.records.MessageError;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.rcml.Message;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.rest.http.Value;

/**
 * {@code Messages}, which are {@code SMS/Messages}, too: send, list newest first, get, delete.
 *
 * <pre>
 * Errors  409 for deleting one that is on its way
 * Source  reference/restcomm.md 4.4; ADR-0024
 * </pre>
 */
final class MessageList {
    private static final String TOGETHER = "Messages";
    private static final String OLDER = "SMS/Messages";

    private final Parts parts;
    private final String path;
    private final String element;

    private MessageList(Parts parts, String path, String element) {
        this.parts = parts;
        this.path = path;
        this.element = element;
    }

    /** Under both names. */
    static List<MessageList> both(Parts parts) {
        return List.of(new MessageList(parts, TOGETHER, "Message"), new MessageList(parts, OLDER, "SMSMessage"));
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/" + path)
                        .on("GET", this::list)
                        .on("POST", this::send)
                        .folding(Repeating::creation),
                Route.at("{Account}/" + path + "/{Message}")
                        .on("GET", ask -> Reply.described(200, element, describe(message(ask), ask)))
                        .on("DELETE", this::delete));
    }

    private Reply send(Ask ask) {
        return switch (parts.liveCalls().send(MessageRequest.read(ask))) {
            case Sent.Queued(MessageRecord record) -> Reply.described(201, element, describe(record, ask));
            case Sent.Refused(int status, int code, String reason) -> {
                Refused error = Refused.with(status, code, reason);
                throw status == Code.UNAVAILABLE.status() ? error.retryAfter(5) : error;
            }
        };
    }

    private Reply list(Ask ask) {
        Paging paging = Paging.of(ask);
        return Reply.listed(
                element + "s",
                Paging.listing(
                        ask,
                        parts.messages().list(ask.account().sid(), filter(ask.filters()), paging.page(), paging.size()),
                        ask.base() + "/" + path,
                        "messages",
                        "messages",
                        element,
                        message -> describe(message, ask)));
    }

    private static MessageFilter filter(Parameters filters) {
        // DateSent alone is a day, also when an SDK writes it as the day's first instant.
        Optional<Instant> day = filters.instant("DateSent").map(moment -> moment.truncatedTo(ChronoUnit.DAYS));
        return new MessageFilter(
                filters.address("From", CallRequest.LONGEST_ADDRESS),
                filters.address("To", CallRequest.LONGEST_ADDRESS),
                filters.instant("StartTime")
                        .or(() -> filters.instant("DateSent>"))
                        .or(() -> day),
                filters.instantAfter("EndTime")
                        .or(() -> filters.instantAfter("DateSent<"))
                        .or(() -> day.map(start -> start.plus(Duration.ofDays(1)))),
                body(filters));
    }

    private static Optional<String> body(Parameters filters) {
        Optional<String> part = filters.raw("Body").filter(text -> !text.isEmpty());
        if (part.isPresent() && part.get().length() > Message.MAX_BODY) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Body", "longer than " + Message.MAX_BODY + " characters");
        }
        return part;
    }

    private Reply delete(Ask ask) {
        MessageRecord message = message(ask);
        if (!message.status().ended()) {
            throw Refused.with(Code.CONFLICT, "it is still on its way");
        }
        parts.messages().delete(message.accountSid(), message.sid());
        return Reply.empty(204);
    }

    private MessageRecord message(Ask ask) {
        return Sid.parse(Sid.MESSAGE, ask.segment("Message"))
                .flatMap(wanted -> parts.messages().find(ask.account().sid(), wanted))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private Fields describe(MessageRecord message, Ask ask) {
        return new Fields()
                .text("sid", message.sid().text())
                .date("date_created", message.dateCreated())
                .date("date_updated", message.dateUpdated())
                .with(
                        "date_sent",
                        message.dateSent().<Value>map(Value.Date::new).orElseGet(Value.Nothing::new))
                .text("account_sid", message.accountSid().text())
                .text("from", message.from())
                .text("to", message.to())
                .text("body", message.body())
                .text("status", message.status().text())
                .text("direction", message.direction().text())
                .with(
                        "error_code",
                        message.errorCode().<Value>map(Value.Count::new).orElseGet(Value.Nothing::new))
                .text(
                        "error_message",
                        message.errorCode().flatMap(MessageError::of).map(MessageError::title))
                .text("num_segments", Integer.toString(Segments.of(message.body())))
                .text("num_media", "0")
                .nothing("price")
                .text("price_unit", "USD")
                .text("api_version", ask.dialect().version())
                .text("uri", ask.uri(path + "/" + message.sid()))
                .extra(
                        "call_sid",
                        message.callSid()
                                .<Value>map(sid -> new Value.Text(sid.text()))
                                .orElseGet(Value.Nothing::new));
    }
}
