package teleapi.call.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.Sid;
import teleapi.runtime.World;

/**
 * What is known of a call, at one moment; published by the call at each change, and kept when it has ended.
 *
 * @param from the caller as the webhooks show it: +number, client:name, or sip:uri
 * @param to the called, likewise
 * @param startTime when it was answered
 * @param duration from answer to end, whole seconds rounded up, zero when it was never answered
 * @param ringDuration from ringing to answer or end
 * @param muted whether the others cannot hear this party, for whatever reason
 * @param revision grows by one with each change: what a later one may overwrite
 * @param sipResponseCode the final SIP status of an outbound leg
 * @param cause why it ended: api, caller, callee, timeout, rcml, error; empty while it lives
 */
public record CallRecord(
        Sid sid,
        Sid accountSid,
        Optional<Sid> parentSid,
        Optional<Sid> phoneNumberSid,
        String from,
        String to,
        Direction direction,
        CallStatus status,
        Instant dateCreated,
        Instant dateUpdated,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        Optional<Duration> duration,
        Optional<Duration> ringDuration,
        Optional<String> callerName,
        Optional<String> forwardedFrom,
        boolean muted,
        Optional<Sid> conferenceSid,
        long revision,
        OptionalInt sipResponseCode,
        Optional<String> cause) {
    /** A call that begins now; its Sid is fresh. */
    public static CallRecord first(
            World world,
            Sid account,
            Optional<Sid> parent,
            Optional<Sid> number,
            String from,
            String to,
            Direction direction,
            Optional<String> callerName,
            Optional<String> forwardedFrom) {
        Instant now = world.time().now();
        return new CallRecord(
                Sid.fresh(Sid.CALL, world),
                account,
                parent,
                number,
                from,
                to,
                direction,
                CallStatus.QUEUED,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                callerName,
                forwardedFrom,
                false,
                Optional.empty(),
                0,
                OptionalInt.empty(),
                Optional.empty());
    }
}
