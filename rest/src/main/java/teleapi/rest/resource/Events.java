package teleapi.rest.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallJournal;
import teleapi.call.records.JournalEntry;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Events}: the journal of one call, oldest first; of an account what its listeners should know, as a list or as it comes. */
final class Events {
    private final Parts parts;
    private final EventStreams streams;

    Events(Parts parts, EventStreams streams) {
        this.parts = parts;
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Events").on("GET", this::ofAccount),
                Route.at("{Account}/Calls/{Call}/Events").on("GET", this::ofCall));
    }

    private Reply ofCall(Ask ask) {
        Sid account = ask.account().sid();
        Sid call = Calls.sid(ask).orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        List<JournalEntry> entries = parts.liveCalls()
                .journal(account, call)
                .or(() -> parts.journals().find(account, call).map(CallJournal::entries))
                .orElseGet(() -> forgotten(account, call));
        return Reply.listed(
                "Events",
                Paging.listing(
                        ask,
                        Paging.of(ask).cut(entries),
                        ask.base() + "/Calls/" + call + "/Events",
                        "events",
                        "events",
                        "Event",
                        Events::describe));
    }

    /** A call that was has events, even if nobody knows them any more. */
    private List<JournalEntry> forgotten(Sid account, Sid call) {
        if (parts.calls().find(account, call).isEmpty()) {
            throw Refused.with(Code.NOT_FOUND);
        }
        return List.of();
    }

    private Reply ofAccount(Ask ask) {
        boolean stream = ask.header("accept").stream()
                .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/event-stream"));
        return stream ? streams.open(ask) : list(ask);
    }

    private Reply list(Ask ask) {
        Paging paging = Paging.of(ask);
        Optional<AccountEvent.Topic> topic = ask.filters()
                .text("Type")
                .map(text -> AccountEvent.Topic.of(text)
                        .orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "Type", "is none of an event")));
        return Reply.listed(
                "Events",
                Paging.listing(
                        ask,
                        parts.events()
                                .list(
                                        ask.account().sid(),
                                        topic,
                                        ask.filters().sid("CallSid", Sid.CALL),
                                        paging.page(),
                                        paging.size()),
                        ask.base() + "/Events",
                        "events",
                        "events",
                        "Event",
                        Events::describe));
    }

    static Fields describe(AccountEvent event) {
        Fields values = new Fields();
        event.values().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(value -> values.text(value.getKey(), value.getValue()));
        return new Fields()
                .count("number", event.number())
                .text("sid", event.sid().text())
                .text("account_sid", event.accountSid().text())
                .moment("date", Optional.of(event.time()))
                .text("type", event.topic().text())
                .text("what", event.what())
                .text("call_sid", event.callSid().map(Sid::text))
                .group("details", values);
    }

    private static Fields describe(JournalEntry entry) {
        Fields details = new Fields();
        entry.sorted().forEach(details::text);
        return new Fields()
                .count("number", entry.number())
                .moment("date", Optional.of(entry.time()))
                .count("nanos", entry.nanos())
                .text("kind", entry.kind().text())
                .text("direction", entry.way().text())
                .text("peer", entry.peer())
                .text("what", entry.what())
                .group("details", details);
    }
}
