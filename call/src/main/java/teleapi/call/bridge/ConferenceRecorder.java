package teleapi.call.bridge;

import java.util.Optional;
import java.util.function.Consumer;
import teleapi.call.Equipment;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.RecordingNews;
import teleapi.media.Room;
import teleapi.media.Tracks;
import teleapi.media.sound.WavRecording;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;

/**
 * One recording of a conference. What became of it is written and told by whoever has written the last of its file, as with those of calls.
 *
 * <pre>
 * Thread  the conference's; ended, the file's
 * Source  reference/peers.md 2.5; ADR-0014, ADR-0019
 * </pre>
 */
final class ConferenceRecorder {
    /** Requests that may wait for its end. */
    private static final int WAITING = 1_000;

    private final Equipment equipment;
    private final Room room;
    private final RecordingNews news;
    private final Mailbox<Consumer<RecordingRecord>> waiting;
    private final Published<Optional<RecordingRecord>> last = new Published<>(Optional.empty());
    private RecordingRecord record;
    private boolean stopping;

    private ConferenceRecorder(Equipment equipment, Room room, RecordingNews news, RecordingRecord record) {
        this.equipment = equipment;
        this.room = room;
        this.news = news;
        this.record = record;
        this.waiting = equipment.world().mailbox("end of " + record.sid(), WAITING);
    }

    /** @param begun is told on the media loop's thread, and must only post */
    static ConferenceRecorder begin(
            Equipment equipment,
            Room room,
            RecordingNews news,
            RecordingRecord record,
            boolean trimmed,
            Runnable begun) {
        var made = new ConferenceRecorder(equipment, room, news, record);
        news.begun(record);
        room.record(
                equipment.recordingFolder().begin(record.sid(), Tracks.MONO, kept -> made.ended(record, kept)),
                trimmed,
                begun);
        return made;
    }

    /** As it is now, or was at its end. */
    RecordingRecord record() {
        return last.get().orElse(record);
    }

    /** Whether it is over, or about to be. */
    boolean over() {
        return stopping || last.get().isPresent();
    }

    /** Silence meanwhile, or the time is left out; {@code done} as {@code begun}. */
    void pause(boolean silence, Consumer<RecordingRecord> done) {
        RecordingRecord paused = change(RecordingRecord.Status.PAUSED);
        room.pauseRecording(silence, () -> done.accept(paused));
    }

    void resume(Consumer<RecordingRecord> done) {
        RecordingRecord resumed = change(RecordingRecord.Status.IN_PROGRESS);
        room.resumeRecording(() -> done.accept(resumed));
    }

    private RecordingRecord change(RecordingRecord.Status next) {
        if (record.status() != next) {
            record = record.with(next, equipment.world().time().now());
            equipment.recordings().write(record);
        }
        return record;
    }

    void stop() {
        stopping = true;
        room.stopRecording();
    }

    /** {@code told} gets its final record, on some thread, and must only post. */
    void whenKept(Consumer<RecordingRecord> told) {
        if (!waiting.post(told)) {
            told.accept(record());
        }
    }

    private void ended(RecordingRecord begun, WavRecording.Kept kept) {
        RecordingRecord end = news.ended(begun, kept);
        last.set(Optional.of(end));
        waiting.close().forEach(told -> told.accept(end));
    }
}
