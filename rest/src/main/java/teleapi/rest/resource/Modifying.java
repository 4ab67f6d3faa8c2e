package teleapi.rest.resource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Accepted;
import teleapi.call.ControlState;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.Page;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
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

    /** A call that is well tells something sooner; of one that waits for a sound or a place, or is stuck, it can be seen what was asked. */
    private static final Duration UNTOLD = Duration.ofMillis(100);

    private final Parts parts;
    private final ModificationLog log;

    Modifying(Parts parts) {
        this.parts = parts;
        this.log = new ModificationLog(parts.world().time(), parts.modifications());
    }

    /** What is shown of a modification that has not failed. */
    interface Shown {
        Reply reply(int code, ModificationStatus status);

        /** It has come to its end, whether the request still waits or not; on the call's thread, which must not wait. */
        default void last() {}
    }

    Reply modify(Ask ask) {
        return modify(ask, ModificationRequest.read(ask.parameters()));
    }

    static boolean dryRun(Ask ask) {
        return ModificationRequest.dryRun(ask.parameters());
    }

    /** What a participant's DELETE, or a recording's POST, asks of its call; the answer is the call, for who shows it as something else. */
    Reply modify(Ask ask, ModificationRequest request) {
        return modify(
                ask,
                call(ask),
                request.dry(dryRun(ask)),
                (code, status) -> CallDescription.reply(
                        code, status.call(), CallDescription.modified(status, status.call(), ask)));
    }

    /** The same, shown in another way. */
    Reply modify(Ask ask, ModificationRequest request, Shown shown) {
        return modify(ask, call(ask), request, shown);
    }

    private static Sid call(Ask ask) {
        return Calls.sid(ask).orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    ModificationLog log() {
        return log;
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
        Sid call = Calls.known(parts, ask);
        Paging paging = Paging.of(ask);
        Page<ModificationRecord> page = log.list(account, call, paging.page(), paging.size());
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

    /** The same, of a call that the path does not name. */
    Reply modify(Ask ask, Sid call, ModificationRequest request, Shown shown) {
        Sid account = ask.account().sid();
        Deadline deadline =
                parts.world().time().after(Prefer.of(ask.header("prefer")).longest());
        Mailbox<ModificationStatus> statuses = parts.world().mailbox("modification of " + call, STATUSES);
        Sid sid = Sid.fresh(Sid.MODIFICATION, parts.world());
        Modification modification =
                request.modification(sid, account, parts.liveCalls(), IfMatch.of(ask.header("if-match")), status -> {
                    log.told(status);
                    statuses.post(status);
                    if (status.state().last()) {
                        shown.last();
                    }
                });
        Optional<CallRecord> before = parts.liveCalls().live(account, call);
        ModificationRecord first = log.opened(sid, account, call);
        Accepted accepted = parts.liveCalls().modify(account, call, modification);
        if (accepted != Accepted.YES) {
            log.refused(first);
        }
        return switch (accepted) {
            case YES -> answer(ask, before, first, statuses, deadline, shown);
            case NO_SUCH_LIVE_CALL ->
                throw parts.calls().find(account, call).isPresent()
                        ? Refused.with(Code.CALL_ENDED)
                        : Refused.with(Code.NOT_FOUND);
            case TOO_MANY ->
                throw Refused.with(Code.UNAVAILABLE, "too many modifications of this call are waiting")
                        .retryAfter(1);
        };
    }

    private Reply answer(
            Ask ask,
            Optional<CallRecord> before,
            ModificationRecord first,
            Mailbox<ModificationStatus> statuses,
            Deadline deadline,
            Shown shown) {
        Optional<ModificationStatus> last = Optional.empty();
        Optional<ModificationStatus> next =
                statuses.take(parts.world().time().after(UNTOLD).earlier(deadline));
        if (next.isEmpty()) {
            log.accepted(first);
            next = statuses.take(deadline);
        }
        while (next.isPresent() && !next.get().state().last()) {
            last = next;
            next = statuses.take(deadline);
        }
        // Its alarm would go off beside a later request.
        statuses.close();
        if (next.isPresent()) {
            return told(ask, next.get(), shown);
        }
        // Not even taken by the call yet: all that is known is that it was accepted. No look into the database here:
        // CONTRACT section 2, never a 5xx once a change was made.
        CallRecord now = last.map(ModificationStatus::call)
                .or(() -> before.flatMap(
                        call -> parts.liveCalls().live(ask.account().sid(), call.sid())))
                .or(() -> before)
                .orElseThrow(() -> Refused.with(Code.CALL_ENDED));
        ModificationStatus waiting = last.orElseGet(() -> new ModificationStatus(
                first.sid(),
                ModificationStatus.State.ACCEPTED,
                0,
                "",
                Map.of(),
                now,
                parts.liveCalls().controls(ask.account().sid(), now.sid()).orElse(ControlState.NONE),
                Optional.empty()));
        return timed(202, waiting, shown)
                .header("Location", ask.uri("Calls/" + now.sid() + "/Modifications/" + first.sid()));
    }

    private static Reply told(Ask ask, ModificationStatus status, Shown shown) {
        return switch (status.state()) {
            case APPLIED, HEARD, PLANNED -> timed(200, status, shown);
            case ACCEPTED, PREPARING -> timed(202, status, shown);
            case FAILED ->
                error(422, status.code() == 0 ? Code.INTERNAL.number() : status.code(), status.reason(), status);
            case SUPERSEDED ->
                error(Code.SUPERSEDED.status(), Code.SUPERSEDED.number(), Code.SUPERSEDED.title(), status);
            case CONFLICT ->
                error(
                        Code.CONFLICT.status(),
                        status.code() == 0 ? Code.CONFLICT.number() : status.code(),
                        status.reason().isEmpty() ? Code.CONFLICT.title() : status.reason(),
                        status);
            case PRECONDITION -> changedSince(ask, status);
            case ENDED -> throw Refused.with(Code.CALL_ENDED);
        };
    }

    private static Reply timed(int code, ModificationStatus status, Shown shown) {
        return ServerTiming.on(shown.reply(code, status), status.timings());
    }

    /** With the call as it is now, so that the client need not ask for it before it decides again. */
    private static Reply changedSince(Ask ask, ModificationStatus status) {
        Fields fields = refusal(Code.PRECONDITION.status(), Code.PRECONDITION.number(), status.reason(), status)
                .group("call", CallDescription.call(status.call(), status.controls(), ask));
        return ServerTiming.on(
                Reply.described(Code.PRECONDITION.status(), "RestException", fields)
                        .header("ETag", CallDescription.tag(status.call())),
                status.timings());
    }

    /** An error like any other, and in it the modification, whose reason and timings tell more. */
    private static Reply error(int status, int code, String reason, ModificationStatus told) {
        return ServerTiming.on(
                Reply.described(status, "RestException", refusal(status, code, reason, told)), told.timings());
    }

    private static Fields refusal(int status, int code, String reason, ModificationStatus told) {
        return new Fields()
                .count("code", code)
                .text("message", reason)
                .text("more_info", Reply.moreInfo(code))
                .count("status", status)
                .group("modification", CallDescription.modification(told));
    }
}
