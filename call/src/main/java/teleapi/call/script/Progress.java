package teleapi.call.script;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Equipment;
import teleapi.call.Modification;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.records.CallRecord;
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
    private final Time time;
    private final ProgressCallbacks callbacks;
    private Optional<StatusCallback> told;
    private int sequence;
    private long ringingSince;
    private long answeredAt;

    Progress(Call call, Equipment equipment) {
        this.call = call;
        this.time = equipment.world().time();
        this.told = call.statusCallback();
        this.callbacks = new ProgressCallbacks(
                equipment.world(), equipment.webhooks(), call.account().authToken());
        this.ringingSince = time.nanos();
    }

    /** The INVITE is on its way. */
    void initiated() {
        tell(StatusCallback.Event.INITIATED, "initiated", false);
    }

    void ringing() {
        if (call.snapshot().status() == CallStatus.QUEUED) {
            ringingSince = time.nanos();
            change(new Edit(call.snapshot()).status(CallStatus.RINGING));
            tell(StatusCallback.Event.RINGING, CallStatus.RINGING.text(), false);
        }
    }

    void answered() {
        if (call.snapshot().status() == CallStatus.IN_PROGRESS) {
            return;
        }
        answeredAt = time.nanos();
        change(new Edit(call.snapshot()).answered(time.now(), since(ringingSince)));
        tell(StatusCallback.Event.ANSWERED, CallStatus.IN_PROGRESS.text(), false);
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
        tell(StatusCallback.Event.COMPLETED, call.snapshot().status().text(), true);
        callbacks.end();
    }

    /** From now on this URL is told, of the events subscribed to before, or of the end. */
    void tellInstead(Modification.Callback callback) {
        told = Optional.of(new StatusCallback(
                callback.url(),
                callback.method(),
                told.map(StatusCallback::events).orElse(Set.of(StatusCallback.Event.COMPLETED))));
    }

    private void tell(StatusCallback.Event event, String status, boolean last) {
        told.filter(callback -> callback.events().contains(event)).ifPresent(callback -> {
            Map<String, String> parameters = CallParameters.progress(
                    call.snapshot(), status, call.origin().parameters(), sequence++);
            call.journal().did("POST " + callback.url() + " CallStatus=" + status);
            callbacks.tell(callback.method(), callback.url(), parameters, last);
        });
    }

    private void change(Edit edit) {
        CallRecord next = edit.done(time.now());
        call.publish(next);
        call.journal().did("is " + next.status().text());
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
