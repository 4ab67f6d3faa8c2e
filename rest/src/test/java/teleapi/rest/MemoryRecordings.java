package teleapi.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.Page;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;
import teleapi.runtime.World;

/** Records of recordings, in memory. Thread: any, one at a time. */
final class MemoryRecordings implements Recordings {
    private final Map<Sid, RecordingRecord> kept = new LinkedHashMap<>();

    @Override
    public void write(RecordingRecord record) {
        kept.put(record.sid(), record);
    }

    /** Does at once what a call is asked. */
    void change(CallRecord call, Controls.Recording wanted, World world) {
        var now = world.time().now();
        Optional<RecordingRecord> there = wanted.which().isPresent()
                ? find(call.accountSid(), wanted.which().get())
                : goingOn(call.sid());
        if (wanted instanceof Controls.Recording.Start start && there.isEmpty()) {
            write(RecordingRecord.begun(
                    Sid.fresh(Sid.RECORDING, world),
                    call.accountSid(),
                    call.sid(),
                    Optional.empty(),
                    start.tracks().channels(),
                    "both",
                    start.source(),
                    now));
        }
        there.ifPresent(record -> write(
                switch (wanted) {
                    case Controls.Recording.Start start -> record;
                    case Controls.Recording.Pause pause -> record.with(RecordingRecord.Status.PAUSED, now);
                    case Controls.Recording.Resume resume -> record.with(RecordingRecord.Status.IN_PROGRESS, now);
                    case Controls.Recording.Stop stop -> record.ended(now, Duration.ofSeconds(3), true);
                }));
    }

    Optional<RecordingRecord> goingOn(Sid call) {
        return kept.values().stream()
                .filter(one -> one.callSid().equals(call) && !one.status().ended())
                .findFirst();
    }

    @Override
    public Optional<RecordingRecord> find(Sid account, Sid recording) {
        return Optional.ofNullable(kept.get(recording))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Page<RecordingRecord> list(Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size) {
        List<RecordingRecord> found = kept.values().stream()
                .filter(one -> one.accountSid().equals(account)
                        && call.map(one.callSid()::equals).orElse(true)
                        && (conference.isEmpty() || conference.equals(one.conferenceSid())))
                .toList()
                .reversed();
        int from = Math.min(found.size(), page * size);
        return new Page<>(found.subList(from, Math.min(found.size(), from + size)), page, size, found.size());
    }

    @Override
    public List<RecordingRecord> endedBefore(Instant then, int most) {
        throw new UnsupportedOperationException("no request asks for it");
    }

    @Override
    public void delete(Sid account, Sid recording) {
        find(account, recording).ifPresent(found -> kept.remove(found.sid()));
    }
}
