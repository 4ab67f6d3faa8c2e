package teleapi.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;

/** Records of transcriptions, in memory. Thread: any, one at a time. */
final class MemoryTranscriptions implements Transcriptions {
    private final Map<Sid, TranscriptionRecord> kept = new LinkedHashMap<>();

    @Override
    public void write(TranscriptionRecord record) {
        kept.put(record.sid(), record);
    }

    @Override
    public Optional<TranscriptionRecord> find(Sid account, Sid transcription) {
        return Optional.ofNullable(kept.get(transcription))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Page<TranscriptionRecord> list(Sid account, Optional<Sid> recording, int page, int size) {
        List<TranscriptionRecord> found = kept.values().stream()
                .filter(one -> one.accountSid().equals(account)
                        && recording.map(one.recordingSid()::equals).orElse(true))
                .toList()
                .reversed();
        int from = Math.min(found.size(), page * size);
        return new Page<>(found.subList(from, Math.min(found.size(), from + size)), page, size, found.size());
    }

    @Override
    public void delete(Sid account, Sid transcription) {
        find(account, transcription).ifPresent(found -> kept.remove(found.sid()));
    }
}
