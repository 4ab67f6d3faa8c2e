package teleapi.store;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;

/** Records of transcriptions. */
record StoredTranscriptions(Archive<TranscriptionRecord> archive) implements Transcriptions {
    @Override
    public void write(TranscriptionRecord record) {
        archive.write(record);
    }

    @Override
    public Optional<TranscriptionRecord> find(Sid account, Sid transcription) {
        return archive.find(account, transcription);
    }

    @Override
    public Page<TranscriptionRecord> list(Sid account, Optional<Sid> recording, int page, int size) {
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("recording_sid", recording.map(Sid::text));
        return archive.list("transcriptions", conditions, Archive.NEWEST_FIRST, page, size);
    }

    @Override
    public void delete(Sid account, Sid transcription) {
        archive.delete(account, transcription, List.of("transcriptions WHERE sid"));
    }
}
