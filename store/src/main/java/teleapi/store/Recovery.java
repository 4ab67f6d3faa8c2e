package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.CallStatus;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.TranscriptionRecord;

/**
 * Gives a true end to what a crash left open. Before the first call of this process every open record is of a process that is gone.
 * Source: CONTRACT section 5.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** Rows in one transaction. */
    private static final int AT_ONCE = 1_000;

    /** What was closed, and of which somebody may wait for the end. */
    record Closed(List<CallRecord> calls, List<ConferenceRecord> conferences) {}

    private Recovery() {}

    static Closed run(Jdbi jdbi) {
        List<CallRecord> calls = repeat(jdbi, new CallTable(), Recovery::ended);
        List<ConferenceRecord> conferences = repeat(jdbi, new ConferenceTable(), Recovery::ended);
        int modifications = repeat(jdbi, new ModificationTable(), ModificationRecord::interrupted)
                .size();
        int recordings =
                repeat(jdbi, new RecordingTable(), RecordingRecord::cutOff).size();
        int transcriptions = repeat(jdbi, new TranscriptionTable(), TranscriptionRecord::interrupted)
                .size();
        int messages =
                repeat(jdbi, new MessageTable(), MessageRecord::interrupted).size();
        int keys = StoredRequestKeys.close(jdbi);
        int others = modifications + recordings + transcriptions + messages + keys;
        if (calls.size() + conferences.size() + others > 0) {
            LOG.warn(
                    "closed what the last run left open: {} calls, {} conferences, {} modifications, {} recordings, {}"
                            + " transcriptions, {} messages, {} requests with a key",
                    calls.size(),
                    conferences.size(),
                    modifications,
                    recordings,
                    transcriptions,
                    messages,
                    keys);
        }
        return new Closed(calls, conferences);
    }

    private static <R> List<R> repeat(Jdbi jdbi, RecordTable<R> table, java.util.function.UnaryOperator<R> end) {
        List<R> done = new ArrayList<>();
        List<R> open = jdbi.withHandle(handle -> Records.all(handle, table, new Conditions().equal("ended", false)));
        for (int from = 0; from < open.size(); from += AT_ONCE) {
            List<R> some = open.subList(from, Math.min(open.size(), from + AT_ONCE)).stream()
                    .map(end)
                    .toList();
            jdbi.useTransaction((Handle handle) -> Records.keep(handle, table, some));
            done.addAll(some);
        }
        return done;
    }

    /** Never answered: it failed. Answered: it was completed when we last heard of it, which is the latest moment that is known. */
    private static CallRecord ended(CallRecord call) {
        Instant end = call.dateUpdated();
        return new CallRecord(
                call.sid(),
                call.accountSid(),
                call.parentSid(),
                call.phoneNumberSid(),
                call.from(),
                call.to(),
                call.direction(),
                call.startTime().isPresent() ? CallStatus.COMPLETED : CallStatus.FAILED,
                call.dateCreated(),
                call.dateUpdated(),
                call.startTime(),
                Optional.of(end),
                Optional.of(
                        call.startTime().map(start -> wholeSeconds(start, end)).orElse(Duration.ZERO)),
                call.ringDuration(),
                call.callerName(),
                call.forwardedFrom(),
                false,
                call.conferenceSid(),
                call.revision() + 1,
                call.sipResponseCode(),
                Optional.of("error"));
    }

    private static ConferenceRecord ended(ConferenceRecord conference) {
        return new ConferenceRecord(
                conference.sid(),
                conference.accountSid(),
                conference.friendlyName(),
                ConferenceRecord.Status.COMPLETED,
                conference.dateCreated(),
                conference.dateUpdated(),
                conference.reasonEnded().or(() -> Optional.of("error")),
                conference.callSidEnding(),
                conference.revision() + 1);
    }

    /** Rounded up, as {@link CallRecord#duration} says. */
    private static Duration wholeSeconds(Instant start, Instant end) {
        long nanos = Math.max(0, Duration.between(start, end).toNanos());
        return Duration.ofSeconds((nanos + 999_999_999) / 1_000_000_000);
    }
}
