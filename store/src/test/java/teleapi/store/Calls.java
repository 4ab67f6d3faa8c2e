package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallRecord;

/** Call records to test with. */
final class Calls {
    static final Sid ACCOUNT = new Sid("AC" + "0".repeat(31) + "1");
    static final Sid OTHER = new Sid("AC" + "0".repeat(31) + "2");
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    private Calls() {}

    static CallRecord queued(int number) {
        return new CallRecord(
                new Sid("CA" + String.format(java.util.Locale.ROOT, "%032x", number)),
                ACCOUNT,
                Optional.empty(),
                Optional.empty(),
                "+15550001",
                "+15550002",
                Direction.OUTBOUND_API,
                CallStatus.QUEUED,
                NOON,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                1,
                OptionalInt.empty(),
                Optional.empty());
    }

    static CallRecord answered(CallRecord call, long revision) {
        return with(
                call,
                CallStatus.IN_PROGRESS,
                revision,
                Optional.of(NOON.plusSeconds(5)),
                Optional.empty(),
                NOON.plusSeconds(8));
    }

    static CallRecord ended(CallRecord call, CallStatus status, long revision) {
        Instant end = NOON.plusSeconds(60);
        return with(call, status, revision, call.startTime(), Optional.of(end), end);
    }

    static CallFilter any() {
        return new CallFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CallFilter.Sort.DATE_CREATED,
                true);
    }

    static CallRecord named(CallRecord call, String from, Optional<String> callerName) {
        return new CallRecord(
                call.sid(),
                call.accountSid(),
                call.parentSid(),
                call.phoneNumberSid(),
                from,
                call.to(),
                call.direction(),
                call.status(),
                call.dateCreated(),
                call.dateUpdated(),
                call.startTime(),
                call.endTime(),
                call.duration(),
                call.ringDuration(),
                callerName,
                call.forwardedFrom(),
                call.muted(),
                call.conferenceSid(),
                call.revision(),
                call.sipResponseCode(),
                call.cause());
    }

    private static CallRecord with(
            CallRecord call,
            CallStatus status,
            long revision,
            Optional<Instant> start,
            Optional<Instant> end,
            Instant updated) {
        return new CallRecord(
                call.sid(),
                call.accountSid(),
                call.parentSid(),
                call.phoneNumberSid(),
                call.from(),
                call.to(),
                call.direction(),
                status,
                call.dateCreated(),
                updated,
                start,
                end,
                end.map(at -> start.map(from -> Duration.between(from, at)).orElse(Duration.ZERO)),
                Optional.of(Duration.ofMillis(2_500)),
                call.callerName(),
                call.forwardedFrom(),
                call.muted(),
                call.conferenceSid(),
                revision,
                end.isPresent() ? OptionalInt.of(200) : OptionalInt.empty(),
                end.isPresent() ? Optional.of("caller") : Optional.empty());
    }
}
