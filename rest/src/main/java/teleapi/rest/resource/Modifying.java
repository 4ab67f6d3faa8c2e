package teleapi.rest.resource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Accepted;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.Page;
import teleapi.rcml.HttpMethod;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * {@code POST Calls/{CallSid}}: checks everything, hands the modification to the call, and waits a little for what becomes of it.
 *
 * <pre>
 * Shape   200 it has taken effect; 202 not yet; 422 it failed and the call is as it was; 409 the state forbids it, or a later one took its
 *         place; 410 the call has ended
 * Thread  the request's, which waits; the statuses come from the call's
 * Source  CONTRACT section 2 "Live call modification"; RFC 7240 (Prefer)
 * </pre>
 */
final class Modifying {
    /** The call tells at most: preparing, fetched, final. */
    private static final int STATUSES = 16;

    private final Parts parts;
    private final ModificationLog log = new ModificationLog();

    Modifying(Parts parts) {
        this.parts = parts;
    }

    Reply modify(Ask ask) {
        return await(ask, read(ask));
    }

    /** Mute alone, for Participants. */
    Reply mute(Ask ask, boolean muted) {
        return await(ask, new Wish(Optional.empty(), Optional.empty(), Optional.of(muted), Optional.empty(), false));
    }

    /** Its end alone, for Participants. */
    Reply complete(Ask ask) {
        return await(
                ask,
                new Wish(Optional.empty(), Optional.of(Ending.COMPLETED), Optional.empty(), Optional.empty(), false));
    }

    Reply get(Ask ask) {
        return Calls.sid(ask)
                .flatMap(call -> Sid.parse(Sid.MODIFICATION, ask.segment("Modification"))
                        .flatMap(sid -> log.find(ask.account().sid(), call, sid)))
                .map(status -> Reply.described(200, "Modification", CallDescription.modification(status)))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    Reply list(Ask ask) {
        Sid account = ask.account().sid();
        Sid call = Calls.sid(ask)
                .filter(sid -> parts.liveCalls().live(account, sid).isPresent()
                        || parts.calls().find(account, sid).isPresent())
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        Page<ModificationStatus> page = Paging.of(ask).cut(log.of(account, call));
        String path = ask.base() + "/Calls/" + call + "/Modifications";
        return Reply.listed(
                "Modifications",
                Paging.listing(
                        ask,
                        page,
                        path,
                        "modifications",
                        "modifications",
                        "Modification",
                        CallDescription::modification));
    }

    /** What is asked for, checked; not yet bound to an identity. */
    private record Wish(
            Optional<NewDocument> document,
            Optional<Ending> ending,
            Optional<Boolean> muted,
            Optional<Modification.Callback> statusCallback,
            boolean moveConnectedLeg) {}

    private static Wish read(Ask ask) {
        Parameters parameters = ask.parameters();
        Optional<NewDocument> document = Documents.read(parameters);
        Optional<Ending> ending = parameters.text("Status").map(Modifying::ending);
        Optional<Boolean> muted = parameters.flag("Mute");
        HttpMethod method = parameters.method("StatusCallbackMethod").orElse(HttpMethod.POST);
        Optional<Modification.Callback> callback =
                parameters.url("StatusCallback").map(url -> new Modification.Callback(url, method));
        boolean move = parameters.flag("MoveConnectedCallLeg").orElse(false);
        if (ending.isPresent() && document.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Status", "not together with Url or Rcml");
        }
        if (document.isEmpty() && move) {
            throw Refused.parameter(Code.NOTHING_TO_DO, "MoveConnectedCallLeg", "needs Url or Rcml");
        }
        if (document.isEmpty() && ending.isEmpty() && muted.isEmpty() && callback.isEmpty()) {
            throw Refused.with(Code.NOTHING_TO_DO, "none of Url, Rcml, Status, Mute, StatusCallback is given");
        }
        return new Wish(document, ending, muted, callback, move);
    }

    private static Ending ending(String text) {
        return switch (text) {
            case "canceled" -> Ending.CANCELED;
            case "completed" -> Ending.COMPLETED;
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be canceled or completed");
        };
    }

    private Reply await(Ask ask, Wish wish) {
        Sid account = ask.account().sid();
        Sid call = Calls.sid(ask).orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        Deadline deadline =
                parts.world().time().after(Prefer.of(ask.header("prefer")).longest());
        Mailbox<ModificationStatus> statuses = parts.world().mailbox("modification of " + call, STATUSES);
        Sid sid = Sid.fresh(Sid.MODIFICATION, parts.world());
        Modification modification = new Modification(
                sid,
                wish.document(),
                wish.ending(),
                wish.muted(),
                wish.statusCallback(),
                wish.moveConnectedLeg(),
                status -> {
                    log.add(account, status);
                    statuses.post(status);
                });
        return switch (parts.liveCalls().modify(account, call, modification)) {
            case Accepted.YES -> answer(ask, call, sid, statuses, deadline);
            case Accepted.NO_SUCH_LIVE_CALL ->
                throw parts.calls().find(account, call).isPresent()
                        ? Refused.with(Code.CALL_ENDED)
                        : Refused.with(Code.NOT_FOUND);
            case Accepted.TOO_MANY ->
                throw Refused.with(Code.UNAVAILABLE, "too many modifications of this call are waiting")
                        .retryAfter(1);
        };
    }

    private Reply answer(Ask ask, Sid call, Sid sid, Mailbox<ModificationStatus> statuses, Deadline deadline) {
        Optional<ModificationStatus> last = Optional.empty();
        Optional<ModificationStatus> next = statuses.take(deadline);
        while (next.isPresent() && !next.get().state().last()) {
            last = next;
            next = statuses.take(deadline);
        }
        if (next.isPresent()) {
            return told(ask, next.get());
        }
        // Not even taken by the call yet: all that is known is that it was accepted.
        CallRecord now = last.map(ModificationStatus::call)
                .or(() -> parts.liveCalls().live(ask.account().sid(), call))
                .or(() -> parts.calls().find(ask.account().sid(), call))
                .orElseThrow(() -> Refused.with(Code.CALL_ENDED));
        ModificationStatus waiting = last.orElseGet(() -> new ModificationStatus(
                sid, ModificationStatus.State.PREPARING, 0, "", Map.<String, Duration>of(), now));
        return Reply.described(202, "Call", CallDescription.modified(waiting, now, ask))
                .header("Location", ask.uri("Calls/" + call + "/Modifications/" + sid));
    }

    private static Reply told(Ask ask, ModificationStatus status) {
        return switch (status.state()) {
            case APPLIED -> Reply.described(200, "Call", CallDescription.modified(status, status.call(), ask));
            case PREPARING -> Reply.described(202, "Call", CallDescription.modified(status, status.call(), ask));
            case FAILED ->
                error(422, status.code() == 0 ? Code.INTERNAL.number() : status.code(), status.reason(), status);
            case SUPERSEDED ->
                error(Code.SUPERSEDED.status(), Code.SUPERSEDED.number(), Code.SUPERSEDED.title(), status);
            case CONFLICT ->
                error(
                        Code.CONFLICT.status(),
                        Code.CONFLICT.number(),
                        status.reason().isEmpty() ? Code.CONFLICT.title() : status.reason(),
                        status);
            case ENDED -> throw Refused.with(Code.CALL_ENDED);
        };
    }

    /** An error like any other, and in it the modification, whose reason and timings tell more. */
    private static Reply error(int status, int code, String reason, ModificationStatus told) {
        return Reply.described(
                status,
                "RestException",
                new teleapi.rest.http.Fields()
                        .count("code", code)
                        .text("message", reason)
                        .text("more_info", Reply.moreInfo(code))
                        .count("status", status)
                        .group("modification", CallDescription.modification(told)));
    }
}
