package teleapi.call.bridge;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.call.Call;
import teleapi.call.Controls.Recording;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.RecordingNews;
import teleapi.media.Room;
import teleapi.media.Tracks;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.RecordingCallback;
import teleapi.runtime.Mailbox;

/**
 * What is recorded of one conference: whether it is, from its start, says the first participant whose noun says anything about it; the API
 * begins, pauses and stops at any time. One at a time.
 *
 * <pre>
 * Thread  the conference's
 * Source  issue 4, 1 and 4; reference/peers.md 2.5; ADR-0019
 * </pre>
 */
final class ConferenceRecordings {
    /** The end tells how long it is, but does not wait for ever for a slow disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A participant, when it came. */
    private record Guest(Sid call, String authToken) {
        static Guest of(Call call) {
            return new Guest(call.sid(), call.account().authToken());
        }
    }

    private record Wish(Guest by, ConferenceRecording terms) {}

    private final Equipment equipment;
    private final Room room;
    private Optional<Guest> first = Optional.empty();
    private Optional<Wish> wish = Optional.empty();
    /** Whether what was wished has been done. */
    private boolean fulfilled;

    private Optional<ConferenceRecorder> latest = Optional.empty();

    ConferenceRecordings(Equipment equipment, Room room) {
        this.equipment = equipment;
        this.room = room;
    }

    /** One comes in. */
    void entered(Call call, teleapi.rcml.Conference terms) {
        first = first.or(() -> Optional.of(Guest.of(call)));
        wish = wish.or(() -> terms.recording().map(recording -> new Wish(Guest.of(call), recording)));
    }

    /** The conference has started. */
    void started(ConferenceRecord conference) {
        if (wish.isPresent() && !fulfilled) {
            fulfilled = true;
            ConferenceRecording terms = wish.get().terms();
            if (terms.wanted() && running().isEmpty()) {
                Guest by = wish.get().by();
                begin(fresh(conference, by, "Conference"), by, terms.callback(), terms.trimmed(), () -> {});
            }
        }
    }

    /** Does what the API asks; {@code told} is told on some thread, and must only post. */
    void change(ConferenceRecord conference, Recording wanted, boolean trimmed, Consumer<Recorded> told) {
        Optional<ConferenceRecorder> meant = running()
                .filter(one -> wanted.which().isEmpty()
                        || wanted.which().get().equals(one.record().sid()));
        if (meant.isPresent()) {
            change(meant.get(), wanted, told);
        } else if (!(wanted instanceof Recording.Start start)) {
            told.accept(new Recorded.NoneGoesOn());
        } else if (conference.status() != ConferenceRecord.Status.IN_PROGRESS) {
            told.accept(new Recorded.NotStarted());
        } else {
            start(conference, start, trimmed, told);
        }
    }

    private void start(ConferenceRecord conference, Recording.Start wanted, boolean trimmed, Consumer<Recorded> told) {
        Guest by = first.orElseThrow();
        RecordingRecord record = fresh(conference, by, wanted.source());
        begin(record, by, wanted.callback(), trimmed, () -> told.accept(new Recorded.Done(record, true)));
    }

    private static void change(ConferenceRecorder recorder, Recording wanted, Consumer<Recorded> told) {
        Consumer<RecordingRecord> done = record -> told.accept(new Recorded.Done(record, false));
        switch (wanted) {
            case Recording.Start start -> done.accept(recorder.record());
            case Recording.Pause pause -> recorder.pause(pause.silence(), done);
            case Recording.Resume resume -> recorder.resume(done);
            case Recording.Stop stop -> {
                recorder.stop();
                recorder.whenKept(done);
            }
        }
    }

    private RecordingRecord fresh(ConferenceRecord conference, Guest by, String source) {
        var now = equipment.world().time().now();
        return RecordingRecord.begun(
                Sid.fresh(Sid.RECORDING, equipment.world()),
                conference.accountSid(),
                by.call(),
                Optional.of(conference.sid()),
                Tracks.MONO.channels(),
                "both",
                source,
                now);
    }

    private void begin(RecordingRecord record, Guest by, RecordingCallback told, boolean trimmed, Runnable begun) {
        var news = new RecordingNews(
                equipment, by.authToken(), new Journal(equipment.world().time(), ""), told);
        latest = Optional.of(ConferenceRecorder.begin(equipment, room, news, record, trimmed, begun));
    }

    private Optional<ConferenceRecorder> running() {
        return latest.filter(one -> !one.over());
    }

    /** The conference is over. */
    void end() {
        running().ifPresent(ConferenceRecorder::stop);
    }

    /** The last one, waited for until its file is whole, or for a while. */
    Optional<RecordingRecord> last() {
        return latest.map(recorder -> {
            Mailbox<RecordingRecord> kept = equipment.world().mailbox("end of recording", 1);
            recorder.whenKept(kept::post);
            return kept.take(equipment.world().time().after(PATIENCE)).orElseGet(recorder::record);
        });
    }
}
