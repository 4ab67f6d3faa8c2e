package teleapi.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;

/** Records of recordings. */
record StoredRecordings(Archive<RecordingRecord> archive) implements Recordings {
    @Override
    public void write(RecordingRecord record) {
        archive.write(record);
    }

    @Override
    public Optional<RecordingRecord> find(Sid account, Sid recording) {
        return archive.find(account, recording);
    }

    @Override
    public Page<RecordingRecord> list(Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size) {
        Conditions conditions = new Conditions()
                .equal("account_sid", account.text())
                .equal("call_sid", call.map(Sid::text))
                .equal("conference_sid", conference.map(Sid::text));
        return archive.list("recordings", conditions, "start_time DESC, sid DESC", page, size);
    }

    @Override
    public List<RecordingRecord> endedBefore(Instant then, int most) {
        Conditions conditions = new Conditions().equal("ended", true).before("date_updated", Optional.of(then));
        return archive.page("recordings", conditions, "date_updated, sid", 0, most)
                .items();
    }

    /** With it go its texts. */
    @Override
    public void delete(Sid account, Sid recording) {
        archive.delete(account, recording, List.of("transcriptions WHERE recording_sid", "recordings WHERE sid"));
    }
}
