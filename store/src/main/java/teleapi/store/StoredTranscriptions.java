package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.RecordsUnavailable;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;

/** Records of transcriptions, kept as {@link StoredCalls} are. */
final class StoredTranscriptions implements Transcriptions {
    private final TranscriptionTable table;
    private final Database database;
    private final Outbox<TranscriptionRecord> outbox;
    private final Settling settling;

    StoredTranscriptions(
            TranscriptionTable table, Database database, Outbox<TranscriptionRecord> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(TranscriptionRecord record) {
        outbox.put(record);
    }

    @Override
    public Optional<TranscriptionRecord> find(Sid account, Sid transcription) {
        Optional<TranscriptionRecord> found = outbox.pending(transcription);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", transcription.text());
            found = database.ask(
                    "transcription " + transcription + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> record.accountSid().equals(account));
    }

    @Override
    public Page<TranscriptionRecord> list(Sid account, Optional<Sid> recording, int page, int size) {
        settling.await();
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("recording_sid", recording.map(Sid::text));
        return database.ask(
                "transcriptions cannot be read",
                jdbi -> jdbi.withHandle(
                        handle -> Records.page(handle, table, conditions, "date_created DESC, sid DESC", page, size)));
    }

    @Override
    public void delete(Sid account, Sid transcription) {
        // What waits to be kept would bring it back.
        settling.await();
        if (outbox.pending(transcription).isPresent()) {
            throw new RecordsUnavailable(
                    "transcription " + transcription + " cannot be deleted",
                    new IllegalStateException("it is not kept yet"));
        }
        database.ask(
                "transcription " + transcription + " cannot be deleted",
                jdbi -> jdbi.withHandle(handle -> handle.createUpdate(
                                "DELETE FROM transcriptions WHERE sid = :sid AND account_sid = :account AND ended")
                        .bind("sid", transcription.text())
                        .bind("account", account.text())
                        .execute()));
    }
}
