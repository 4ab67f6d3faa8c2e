package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.CallStatus;
import teleapi.call.ControlState;
import teleapi.call.Created;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallRecord;
import teleapi.call.records.Page;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Calls}: create, list, get. To modify one is {@link Modifying}'s. */
final class Calls {
    private final Parts parts;
    private final Modifying modifying;
    private final Together together;

    Calls(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
        this.together = new Together(parts, modifying.log());
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Calls")
                        .on("GET", this::list)
                        .on("POST", this::create)
                        .folding(Repeating::creation),
                Route.at("{Account}/Calls/{Call}")
                        .on("GET", this::get)
                        .on("POST", modifying::modify)
                        .folding(Repeating::modification),
                Route.at("{Account}/Modifications").on("POST", together::modify),
                Route.at("{Account}/Calls/{Call}/Modifications").on("GET", modifying::list),
                Route.at("{Account}/Calls/{Call}/Modifications/{Modification}").on("GET", modifying::get));
    }

    private Reply create(Ask ask) {
        return switch (parts.liveCalls().create(CallRequest.read(ask))) {
            case Created.Call(CallRecord record) ->
                CallDescription.reply(201, record, CallDescription.call(record, ask));
            case Created.Participant(CallRecord record, var place) ->
                CallDescription.reply(201, record, CallDescription.call(record, ask));
            case Created.Refused refused -> throw refused(refused);
        };
    }

    static Refused refused(Created.Refused refused) {
        Refused error = Refused.with(refused.httpStatus(), refused.code(), refused.reason());
        return refused.httpStatus() == 503 || refused.httpStatus() == 429 ? error.retryAfter(5) : error;
    }

    private Reply get(Ask ask) {
        Sid account = ask.account().sid();
        CallRecord call = sid(ask).flatMap(sid -> parts.liveCalls()
                        .live(account, sid)
                        .or(() -> parts.calls().find(account, sid)))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        ControlState controls = parts.liveCalls().controls(account, call.sid()).orElse(ControlState.NONE);
        return CallDescription.reply(200, call, CallDescription.call(call, controls, ask));
    }

    private Reply list(Ask ask) {
        Paging paging = Paging.of(ask);
        Page<CallRecord> page =
                parts.calls().list(ask.account().sid(), filter(ask.filters()), paging.page(), paging.size());
        return Reply.listed(
                "Calls",
                Paging.listing(
                        ask,
                        page,
                        ask.base() + "/Calls",
                        "calls",
                        "calls",
                        "Call",
                        call -> CallDescription.call(call, ask)));
    }

    static Optional<Sid> sid(Ask ask) {
        return Sid.parse(Sid.CALL, ask.segment("Call"));
    }

    /** The call of the path, live or ended. */
    static Sid known(Parts parts, Ask ask) {
        Sid account = ask.account().sid();
        return sid(ask).filter(sid -> parts.liveCalls().live(account, sid).isPresent()
                        || parts.calls().find(account, sid).isPresent())
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private static CallFilter filter(Parameters filters) {
        Sorting sorting = Sorting.of(filters);
        // A day alone means that day: from its start to its end.
        return new CallFilter(
                filters.address("To", CallRequest.LONGEST_ADDRESS),
                filters.address("From", CallRequest.LONGEST_ADDRESS),
                filters.text("Status")
                        .map(text -> CallStatus.of(text)
                                .orElseThrow(() ->
                                        Refused.parameter(Code.INVALID_PARAMETER, "Status", "is none of a call"))),
                filters.instant("StartTime>").or(() -> filters.instant("StartTime")),
                filters.instantAfter("StartTime<").or(() -> filters.instantAfter("StartTime")),
                filters.instant("EndTime>").or(() -> filters.instant("EndTime")),
                filters.instantAfter("EndTime<").or(() -> filters.instantAfter("EndTime")),
                filters.sid("ParentCallSid", Sid.CALL),
                filters.sid("ConferenceSid", Sid.CONFERENCE),
                sorting.by(),
                sorting.ascending());
    }
}
