package teleapi.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;

/** Records of recordings, in memory. Thread: any, one at a time. */
final class MemoryRecordings implements Recordings {
    private final Map<Sid, RecordingRecord> kept = new LinkedHashMap<>();

    @Override
    public void write(RecordingRecord record) {
        kept.put(record.sid(), record);
    }

    @Override
    public Optional<RecordingRecord> find(Sid account, Sid recording) {
        return Optional.ofNullable(kept.get(recording))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Page<RecordingRecord> list(Sid account, Optional<Sid> call, int page, int size) {
        List<RecordingRecord> found = kept.values().stream()
                .filter(one -> one.accountSid().equals(account)
                        && call.map(one.callSid()::equals).orElse(true))
                .toList()
                .reversed();
        int from = Math.min(found.size(), page * size);
        return new Page<>(found.subList(from, Math.min(found.size(), from + size)), page, size, found.size());
    }

    @Override
    public void delete(Sid account, Sid recording) {
        find(account, recording).ifPresent(found -> kept.remove(found.sid()));
    }
}
