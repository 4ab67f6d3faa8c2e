package teleapi.call.script;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.CallEvent;
import teleapi.call.Equipment;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.ProgressCallbacks;
import teleapi.call.webhook.Urls;
import teleapi.call.webhook.Webhooks;
import teleapi.media.MediaEvent;
import teleapi.media.Tracks;
import teleapi.media.sound.WavRecording;
import teleapi.rcml.DialRecording;
import teleapi.runtime.Published;

/**
 * The recording of one Dial. What became of it is written and told by whoever has written the last of its file, so that this happens once, and
 * also when the call is long gone.
 *
 * <pre>
 * Thread  the call's; ended, the file's: it gets record and callbacks from the call's thread when it begins
 * Source  reference/restcomm.md 5.2 and 5.4, peers.md 2.5 and 2.7; ADR-0014
 * </pre>
 */
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** The action tells how long it is, but does not wait for ever for a slow disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Script script;
    private final DialRecording wanted;
    private final Optional<String> callback;
    private final ProgressCallbacks callbacks;
    private final long number;
    private final Published<Optional<Duration>> length = new Published<>(Optional.empty());
    private Optional<RecordingRecord> begun = Optional.empty();
    private long since;

    Recorder(Script script, DialRecording wanted, String baseUrl) {
        this.script = script;
        this.wanted = wanted;
        this.callback = wanted.statusCallback().flatMap(url -> Urls.resolve(baseUrl, url));
        this.callbacks = new ProgressCallbacks(
                script.equipment.world(),
                script.equipment.webhooks(),
                script.call.account().authToken(),
                script.call.journal());
        this.number = script.nextId();
        if (wanted.statusCallback().isPresent() && callback.isEmpty()) {
            script.notify(false, 11100, "recordingStatusCallback of Dial is no URL", baseUrl);
        }
    }

    /** The Dial has begun. */
    void rings() {
        if (wanted.fromRinging() && script.leg().answered()) {
            begin();
        }
    }

    /** From now on, if it has not begun. */
    void begin() {
        if (begun.isPresent()) {
            return;
        }
        Tracks tracks = wanted.dual() ? Tracks.DUAL : Tracks.MONO;
        var now = script.time.now();
        RecordingRecord record = new RecordingRecord(
                Sid.fresh(Sid.RECORDING, script.equipment.world()),
                script.call.account().sid(),
                script.call.sid(),
                Optional.empty(),
                tracks.channels(),
                "DialVerb",
                RecordingRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                0);
        begun = Optional.of(record);
        since = script.time.nanos();
        script.equipment.recordings().write(record);
        script.call.journal().media("recording begins", record.sid().text(), Map.of());
        tell(record, "in-progress");
        script.media()
                .record(
                        number,
                        script.equipment.recordingFolder().begin(record.sid(), tracks, kept -> ended(record, kept)),
                        tracks);
    }

    /** Ends it, and waits until its length is known. */
    void finish() throws Interruption {
        if (begun.isEmpty()) {
            return;
        }
        stop();
        if (length.get().isEmpty()) {
            script.await(
                    script.time.after(PATIENCE),
                    event -> event instanceof CallEvent.MediaHappened(MediaEvent.RecordingStopped stopped)
                            && stopped.recording() == number);
        }
    }

    /** Ends it. */
    void stop() {
        if (begun.isPresent()) {
            script.media().stopRecording(number);
        }
    }

    /** What the Dial's action is told of it. Interrupted, it tells how long it has been going on: its file is not done with yet. */
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

    private void ended(RecordingRecord record, WavRecording.Kept kept) {
        Equipment equipment = script.equipment;
        RecordingRecord end = record.ended(equipment.world().time().now(), kept.length(), kept.whole());
        equipment.recordings().write(end);
        switch (end.status()) {
            case ABSENT -> deleteEmpty(end);
            case FAILED -> notifyOf(end);
            case IN_PROGRESS, COMPLETED -> {}
        }
        tell(end, end.status() == RecordingRecord.Status.ABSENT ? "absent" : "completed");
        callbacks.end(() -> {});
        length.set(Optional.of(kept.length()));
    }

    private void deleteEmpty(RecordingRecord end) {
        try {
            script.equipment.recordingFolder().delete(end.sid());
        } catch (IOException stays) {
            LOG.warn("the empty file of recording {} stays: {}", end.sid(), stays.toString());
        }
    }

    private void notifyOf(RecordingRecord end) {
        String message = "recording " + end.sid() + " is not whole: the disk was full or too slow";
        LOG.warn("call {} notification {}: {}", end.callSid(), RecordingRecord.INCOMPLETE, message);
        script.equipment
                .notifications()
                .write(new Notification(
                        Sid.fresh(Sid.NOTIFICATION, script.equipment.world()),
                        end.accountSid(),
                        Optional.of(end.callSid()),
                        end.dateUpdated(),
                        true,
                        RecordingRecord.INCOMPLETE,
                        message,
                        Optional.empty()));
    }

    private void tell(RecordingRecord record, String event) {
        if (callback.isPresent() && wanted.statusCallbackEvents().contains(event)) {
            callbacks.tell(wanted.statusCallbackMethod(), callback.get(), parameters(record));
        }
    }

    private Map<String, String> parameters(RecordingRecord record) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("AccountSid", record.accountSid().text());
        parameters.put("CallSid", record.callSid().text());
        parameters.put("RecordingSid", record.sid().text());
        if (record.status() != RecordingRecord.Status.ABSENT) {
            parameters.put("RecordingUrl", script.equipment.recordingFolder().url(record));
        }
        parameters.put("RecordingStatus", record.status().text());
        record.duration()
                .ifPresent(known -> parameters.put("RecordingDuration", Long.toString(RecordingRecord.seconds(known))));
        parameters.put("RecordingChannels", Integer.toString(record.channels()));
        parameters.put("RecordingSource", record.source());
        parameters.put("RecordingTrack", "both");
        parameters.put("RecordingStartTime", Webhooks.date(record.startTime()));
        record.errorCode().ifPresent(code -> parameters.put("ErrorCode", Integer.toString(code)));
        return parameters;
    }
}
