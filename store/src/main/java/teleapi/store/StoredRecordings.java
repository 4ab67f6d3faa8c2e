package teleapi.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;
import teleapi.call.records.RecordsUnavailable;

/** Records of recordings, kept as {@link StoredCalls} are. */
final class StoredRecordings implements Recordings {
    private final RecordingTable table;
    private final Database database;
    private final Outbox<RecordingRecord> outbox;
    private final Settling settling;

    StoredRecordings(RecordingTable table, Database database, Outbox<RecordingRecord> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(RecordingRecord record) {
        outbox.put(record);
    }

    @Override
    public Optional<RecordingRecord> find(Sid account, Sid recording) {
        Optional<RecordingRecord> found = outbox.pending(recording);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", recording.text());
            found = database.ask(
                    "recording " + recording + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> record.accountSid().equals(account));
    }

    @Override
    public Page<RecordingRecord> list(Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size) {
        settling.await();
        Conditions conditions = new Conditions()
                .equal("account_sid", account.text())
                .equal("call_sid", call.map(Sid::text))
                .equal("conference_sid", conference.map(Sid::text));
        return database.ask(
                "recordings cannot be read",
                jdbi -> jdbi.withHandle(
                        handle -> Records.page(handle, table, conditions, "start_time DESC, sid DESC", page, size)));
    }

    @Override
    public List<RecordingRecord> endedBefore(Instant then, int most) {
        Conditions conditions = new Conditions().equal("ended", true).before("date_updated", Optional.of(then));
        return database.ask(
                        "recordings cannot be read",
                        jdbi -> jdbi.withHandle(
                                handle -> Records.page(handle, table, conditions, "date_updated, sid", 0, most)))
                .items();
    }

    @Override
    public void delete(Sid account, Sid recording) {
        // What waits to be kept would bring it back.
        settling.await();
        String failed = "recording " + recording + " cannot be deleted";
        if (outbox.pending(recording).isPresent()) {
            throw new RecordsUnavailable(failed, new IllegalStateException("it is not kept yet"));
        }
        // With it go its texts.
        for (String of : List.of("transcriptions WHERE recording_sid", "recordings WHERE sid")) {
            database.ask(
                    failed,
                    jdbi -> jdbi.withHandle(handle -> handle.createUpdate(
                                    "DELETE FROM " + of + " = :sid AND account_sid = :account AND ended")
                            .bind("sid", recording.text())
                            .bind("account", account.text())
                            .execute()));
        }
    }
}
