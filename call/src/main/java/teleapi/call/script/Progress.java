package teleapi.call.script;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.Origin;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecord;
import teleapi.call.records.Notification;
import teleapi.call.records.OwedCallback;
import teleapi.call.webhook.ProgressCallbacks;
import teleapi.runtime.Time;

/**
 * The state of a call: changes it, publishes it, has it kept, tells the application; in this order, so that who was told sees it.
 *
 * <pre>
 * Thread  the call's
 * Source  ARCHITECTURE invariant 8: final states are final, each written once
 * </pre>
 */
final class Progress {
    private final Call call;
    private final Equipment equipment;
    private final Time time;
    private final ProgressCallbacks callbacks;
    private Optional<StatusCallback> told;
    private int sequence;
    private String before = CallStatus.QUEUED.text();
    private Optional<OwedCallback> owed = Optional.empty();
    private long ringingSince;
    private long answeredAt;

    Progress(Call call, Equipment equipment) {
        this.call = call;
        this.equipment = equipment;
        this.time = equipment.world().time();
        this.told = call.statusCallback();
        this.callbacks = new ProgressCallbacks(
                equipment.world(), equipment.webhooks(), call.account().authToken(), call.journal());
        this.ringingSince = time.nanos();
        owe();
    }

    /** The INVITE is on its way. */
    void initiated() {
        EndReason.Cause cause = call.origin() instanceof Origin.FromApi ? EndReason.Cause.API : EndReason.Cause.RCML;
        tell(StatusCallback.Event.INITIATED, "initiated", cause, Optional.empty());
    }

    void ringing() {
        if (call.snapshot().status() == CallStatus.QUEUED) {
            ringingSince = time.nanos();
            change(new Edit(call.snapshot()).status(CallStatus.RINGING));
            EndReason.Cause cause = inbound() ? EndReason.Cause.CALLER : EndReason.Cause.CALLEE;
            tell(StatusCallback.Event.RINGING, CallStatus.RINGING.text(), cause, Optional.empty());
        }
    }

    void answered() {
        if (call.snapshot().status() == CallStatus.IN_PROGRESS) {
            return;
        }
        answeredAt = time.nanos();
        change(new Edit(call.snapshot()).answered(time.now(), since(ringingSince)));
        EndReason.Cause cause = inbound() ? EndReason.Cause.RCML : EndReason.Cause.CALLEE;
        tell(StatusCallback.Event.ANSWERED, CallStatus.IN_PROGRESS.text(), cause, Optional.empty());
    }

    void muted(boolean muted) {
        if (call.snapshot().muted() != muted) {
            change(new Edit(call.snapshot()).muted(muted));
        }
    }

    /** Something about the call is otherwise that its record does not show: another document runs. */
    void revised() {
        change(new Edit(call.snapshot()));
    }

    void conference(Optional<Sid> conference) {
        change(new Edit(call.snapshot()).conference(conference));
    }

    /** The one end of every path. */
    void ended(EndReason reason, OptionalInt sipStatus) {
        boolean wasAnswered = call.snapshot().status() == CallStatus.IN_PROGRESS;
        change(new Edit(call.snapshot())
                .ended(
                        wasAnswered ? CallStatus.COMPLETED : reason.status(),
                        time.now(),
                        wasAnswered ? roundedUp(since(answeredAt)) : Duration.ZERO,
                        wasAnswered ? Optional.empty() : Optional.of(since(ringingSince)),
                        sipStatus,
                        reason.cause()));
        tell(StatusCallback.Event.COMPLETED, call.snapshot().status().text(), reason.cause(), reason.modification());
        Optional<OwedCallback> last = owed;
        callbacks.end(() -> {
            last.map(OwedCallback::paid).ifPresent(equipment.owedCallbacks()::write);
            keepJournal();
        });
    }

    /** Once the call has ended, and again when the application has answered the last callback. */
    void keepJournal() {
        equipment.journals().write(call.journal().kept(call.account().sid(), call.sid()));
    }

    /** What has become of a modification, said before it is told. */
    void modification(Sid sid, ModificationStatus.State state, int code, String reason) {
        var details = new LinkedHashMap<String, String>();
        details.put("ModificationSid", sid.text());
        if (code != 0) {
            details.put("ErrorCode", Integer.toString(code));
        }
        if (!reason.isEmpty()) {
            details.put("Reason", Journal.shown(reason));
        }
        String what = state.name().toLowerCase(Locale.ROOT);
        call.journal().modification(what, details);
        // A plan is no outcome: nothing has happened.
        if (state.last() && state != ModificationStatus.State.PLANNED) {
            var values = new LinkedHashMap<String, String>();
            values.put("modification_sid", sid.text());
            values.put("code", Integer.toString(code));
            values.put("reason", Journal.shown(reason));
            post(AccountEvent.Topic.MODIFICATION, what, values);
        }
    }

    /** {@code url} of the document or what it names; may be empty. */
    void notified(boolean error, int code, String message, String url) {
        equipment.notified(
                Notification.now(
                        equipment.world(), call.account().sid(), Optional.of(call.sid()), error, code, message, url),
                Map.of("message", Journal.shown(message)));
    }

    private void post(AccountEvent.Topic topic, String what, Map<String, String> values) {
        equipment
                .events()
                .post(AccountEvent.now(
                        equipment.world(), call.account().sid(), topic, what, Optional.of(call.sid()), values));
    }

    /** From now on this URL is told, of the events subscribed to before, or of the end. */
    void tellInstead(Modification.Callback callback) {
        told = Optional.of(new StatusCallback(
                callback.url(),
                callback.method(),
                told.map(StatusCallback::events).orElse(Set.of(StatusCallback.Event.COMPLETED))));
        owe();
    }

    /** What a crash would leave undone: the final callback, as it would be if the call ended now. */
    private void owe() {
        told.filter(callback -> callback.events().contains(StatusCallback.Event.COMPLETED))
                .ifPresent(callback -> {
                    var fresh = new OwedCallback(
                            call.sid(),
                            call.account().sid(),
                            callback.url(),
                            callback.method(),
                            sequence,
                            before,
                            owed.map(OwedCallback::revision).orElse(0L) + 1,
                            false);
                    owed = Optional.of(fresh);
                    equipment.owedCallbacks().write(fresh);
                });
    }

    private boolean inbound() {
        return call.origin() instanceof Origin.Inbound;
    }

    private void tell(StatusCallback.Event event, String status, EndReason.Cause cause, Optional<Sid> modification) {
        String previous = before;
        before = status;
        var values = new LinkedHashMap<String, String>();
        values.put("previous_status", previous);
        values.put("cause", cause.text());
        modification.ifPresent(sid -> values.put("modification_sid", sid.text()));
        values.put("revision", Long.toString(call.snapshot().revision()));
        post(AccountEvent.Topic.CALL, status, values);
        told.filter(callback -> callback.events().contains(event)).ifPresent(callback -> {
            Map<String, String> parameters = CallParameters.progress(
                    call.snapshot(), status, call.origin().parameters(), sequence++);
            parameters.put("PreviousStatus", previous);
            parameters.put("Cause", cause.text());
            modification.ifPresent(sid -> parameters.put("ModificationSid", sid.text()));
            callbacks.tell(callback.method(), callback.url(), parameters);
        });
        if (event != StatusCallback.Event.COMPLETED) {
            owe();
        }
    }

    private void change(Edit edit) {
        CallRecord next = edit.done(time.now());
        call.publish(next);
        var details = new LinkedHashMap<String, String>();
        details.put("Revision", Long.toString(next.revision()));
        next.cause().ifPresent(cause -> details.put("Cause", cause));
        call.journal().state(next.status().text(), details);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(time.nanos() - nanos);
    }

    private static Duration roundedUp(Duration duration) {
        return Duration.ofSeconds(duration.plusNanos(999_999_999).toSeconds());
    }

    /** One change of a record: what is not named stays, the revision grows. */
    private static final class Edit {
        private final CallRecord before;
        private CallStatus status;
        private Optional<Instant> startTime;
        private Optional<Instant> endTime;
        private Optional<Duration> duration;
        private Optional<Duration> ringDuration;
        private boolean muted;
        private Optional<Sid> conference;
        private OptionalInt sipStatus;
        private Optional<String> cause;

        Edit(CallRecord before) {
            this.before = before;
            status = before.status();
            startTime = before.startTime();
            endTime = before.endTime();
            duration = before.duration();
            ringDuration = before.ringDuration();
            muted = before.muted();
            conference = before.conferenceSid();
            sipStatus = before.sipResponseCode();
            cause = before.cause();
        }

        Edit status(CallStatus next) {
            status = next;
            return this;
        }

        Edit answered(Instant at, Duration rang) {
            status = CallStatus.IN_PROGRESS;
            startTime = Optional.of(at);
            ringDuration = Optional.of(rang);
            return this;
        }

        Edit muted(boolean next) {
            muted = next;
            return this;
        }

        Edit conference(Optional<Sid> next) {
            conference = next;
            return this;
        }

        Edit ended(
                CallStatus last,
                Instant at,
                Duration lasted,
                Optional<Duration> rang,
                OptionalInt sip,
                EndReason.Cause why) {
            status = last;
            endTime = Optional.of(at);
            duration = Optional.of(lasted);
            ringDuration = rang.or(() -> ringDuration);
            sipStatus = sip;
            cause = Optional.of(why.text());
            return this;
        }

        CallRecord done(Instant now) {
            return new CallRecord(
                    before.sid(),
                    before.accountSid(),
                    before.parentSid(),
                    before.phoneNumberSid(),
                    before.from(),
                    before.to(),
                    before.direction(),
                    status,
                    before.dateCreated(),
                    now,
                    startTime,
                    endTime,
                    duration,
                    ringDuration,
                    before.callerName(),
                    before.forwardedFrom(),
                    muted,
                    conference,
                    before.revision() + 1,
                    sipStatus,
                    cause);
        }
    }
}
