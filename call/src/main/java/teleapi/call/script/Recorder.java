package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.RecordingNews;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.MessageTerms;
import teleapi.media.SoundSink;
import teleapi.media.Tracks;
import teleapi.media.sound.WavRecording;
import teleapi.rcml.DialRecording;
import teleapi.rcml.RecordingCallback;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;

/**
 * One recording of a call. What became of it is written and told by whoever has written the last of its file, so that this happens once, and
 * also when the call is long gone.
 *
 * <pre>
 * Thread  the call's; ended, the file's: it gets record and callbacks from the call's thread when it begins
 * Source  reference/restcomm.md 5.2 and 5.4, peers.md 2.5 and 2.7; ADR-0014
 * </pre>
 */
final class Recorder {
    /** The action tells how long it is, but does not wait for ever for a slow disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Script script;
    private final Terms terms;
    private final RecordingNews news;
    private final long number;
    private final Published<Optional<Duration>> length = new Published<>(Optional.empty());
    private final Mailbox<Duration> end;
    private Optional<RecordingRecord> begun = Optional.empty();
    private Optional<Transcribing> transcribing = Optional.empty();
    private long since;
    private boolean stopping;

    /**
     * What is recorded.
     *
     * @param source what asked for it, as {@link RecordingRecord#source} has it
     * @param message empty: until it is stopped
     */
    record Terms(String source, Tracks tracks, Optional<MessageTerms> message) {
        static Terms of(Controls.Recording.Start wanted) {
            return new Terms(wanted.source(), wanted.tracks(), Optional.empty());
        }

        static Terms of(DialRecording wanted) {
            Tracks tracks = switch (wanted.track()) {
                case "inbound" -> Tracks.SAID;
                case "outbound" -> Tracks.HEARD;
                default -> wanted.dual() ? Tracks.DUAL : Tracks.MONO;
            };
            return new Terms("DialVerb", tracks, Optional.empty());
        }
    }

    Recorder(Script script, Terms terms, RecordingCallback told, String baseUrl) {
        this.script = script;
        this.terms = terms;
        this.end = script.equipment.world().mailbox("end of recording", 1);
        Optional<String> callback = told.url().flatMap(url -> Urls.resolve(baseUrl, url));
        this.news = new RecordingNews(
                script.equipment,
                script.call.account().authToken(),
                script.call.journal(),
                new RecordingCallback(callback, told.method(), told.events()));
        this.number = script.nextId();
        if (told.url().isPresent() && callback.isEmpty()) {
            script.notify(false, 11100, "recordingStatusCallback is no URL", baseUrl);
        }
    }

    /** Of a Dial. */
    static Recorder of(Script script, DialRecording wanted, String baseUrl) {
        return new Recorder(script, Terms.of(wanted), wanted.callback(), baseUrl);
    }

    /** It becomes text when it is over. */
    Recorder transcribed(Transcribing how) {
        transcribing = Optional.of(how);
        return this;
    }

    /** From now on, if it has not begun. */
    void begin() {
        if (begun.isPresent()) {
            return;
        }
        Tracks tracks = terms.tracks();
        var now = script.time.now();
        RecordingRecord record = RecordingRecord.begun(
                Sid.fresh(Sid.RECORDING, script.equipment.world()),
                script.call.account().sid(),
                script.call.sid(),
                Optional.empty(),
                tracks.channels(),
                switch (tracks) {
                    case SAID -> "inbound";
                    case HEARD -> "outbound";
                    case MONO, DUAL -> "both";
                },
                terms.source(),
                now);
        begun = Optional.of(record);
        since = script.time.nanos();
        script.call.journal().media("recording begins", record.sid().text(), Map.of());
        news.begun(record);
        Optional<Transcribing> text = transcribing;
        SoundSink file = script.equipment.recordingFolder().begin(record.sid(), tracks, kept -> {
            RecordingRecord last = ended(record, kept);
            text.ifPresent(how -> how.begin(last));
        });
        terms.message()
                .ifPresentOrElse(
                        message -> script.media().recordMessage(number, file, message),
                        () -> script.media().record(number, file, tracks));
        script.recordings.began(this);
    }

    /** Ends it, and waits until its length is known. */
    void finish() throws Interruption {
        if (begun.isEmpty()) {
            return;
        }
        stop();
        if (length.get().isEmpty()) {
            script.await(script.time.after(PATIENCE), this::stopped);
        }
    }

    /** Whether this says that it is over, for whatever reason. */
    boolean stopped(CallEvent event) {
        return event instanceof CallEvent.MediaHappened(MediaEvent.RecordingStopped stopped)
                && stopped.recording() == number;
    }

    /** Whether it is over and nothing was recorded. */
    boolean empty() {
        return length.get().filter(Duration::isZero).isPresent();
    }

    /** Does something once it is over and its length is known, on a thread of its own, also when the call is gone; at once if it never began. */
    void afterwards(Runnable work) {
        if (begun.isEmpty()) {
            work.run();
            return;
        }
        script.equipment.world().start("after recording", () -> {
            end.take(script.time.after(PATIENCE));
            work.run();
        });
    }

    /** Ends it. */
    void stop() {
        if (begun.isPresent()) {
            stopping = true;
            script.media().stopRecording(number);
        }
    }

    /** Silence meanwhile, or the time is left out. */
    void pause(boolean silence) {
        script.media().pauseRecording(number, silence);
        change(RecordingRecord.Status.PAUSED);
    }

    void resume() {
        script.media().resumeRecording(number);
        change(RecordingRecord.Status.IN_PROGRESS);
    }

    private void change(RecordingRecord.Status next) {
        if (record().status() != next) {
            RecordingRecord changed = record().with(next, script.time.now());
            begun = Optional.of(changed);
            script.equipment.recordings().write(changed);
            script.call
                    .journal()
                    .media("recording " + next.text(), changed.sid().text(), Map.of());
        }
    }

    /** Of one that has begun. */
    RecordingRecord record() {
        return begun.orElseThrow();
    }

    /** What the media session knows it by. */
    long number() {
        return number;
    }

    /** Whether it is over, or about to be. */
    boolean over() {
        return stopping || length.get().isPresent();
    }

    /** What an action is told of it. Interrupted, it tells how long it has been going on: its file is not done with yet. */
    void describe(Map<String, String> parameters) {
        begun.ifPresent(record -> {
            Duration known = length.get().orElse(Duration.ofNanos(script.time.nanos() - since));
            parameters.put("RecordingSid", record.sid().text());
            parameters.put("RecordingDuration", Long.toString(RecordingRecord.seconds(known)));
            if (!known.isZero()) {
                parameters.put(
                        "RecordingUrl", script.equipment.recordingFolder().url(record));
            }
        });
    }

    // ---- the file's thread

    private RecordingRecord ended(RecordingRecord record, WavRecording.Kept kept) {
        RecordingRecord last = news.ended(record, kept);
        length.set(Optional.of(kept.length()));
        end.post(kept.length());
        return last;
    }
}
