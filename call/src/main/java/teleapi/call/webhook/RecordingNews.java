package teleapi.call.webhook;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.records.Notification;
import teleapi.call.records.RecordingRecord;
import teleapi.media.sound.WavRecording;
import teleapi.rcml.RecordingCallback;

/**
 * What one recording leaves behind: its record, its callbacks, and the notification when it is not whole. Needs nothing of the call or
 * conference that is recorded, which may be gone.
 *
 * <pre>
 * Thread  begun: the owner's, of the call or conference. ended: the file's
 * Source  reference/peers.md 2.5 and 2.7; ADR-0014
 * </pre>
 */
public final class RecordingNews {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingNews.class);

    private final Equipment equipment;
    private final RecordingCallback told;
    private final ProgressCallbacks callbacks;

    /** @param told its URL is absolute */
    public RecordingNews(Equipment equipment, String authToken, Journal journal, RecordingCallback told) {
        this.equipment = equipment;
        this.told = told;
        this.callbacks = new ProgressCallbacks(equipment.world(), equipment.webhooks(), authToken, journal);
    }

    public void begun(RecordingRecord record) {
        equipment.recordings().write(record);
        tell(record, "in-progress");
    }

    /** Once, when its file is done with; answers its final record. */
    public RecordingRecord ended(RecordingRecord record, WavRecording.Kept kept) {
        RecordingRecord last = record.ended(equipment.world().time().now(), kept.length(), kept.whole());
        equipment.recordings().write(last);
        switch (last.status()) {
            case ABSENT -> deleteEmpty(last);
            case FAILED -> notifyOf(last);
            case IN_PROGRESS, PAUSED, COMPLETED -> {}
        }
        tell(last, last.status() == RecordingRecord.Status.ABSENT ? "absent" : "completed");
        callbacks.end(() -> {});
        return last;
    }

    private void deleteEmpty(RecordingRecord end) {
        try {
            equipment.recordingFolder().delete(end.sid());
        } catch (IOException stays) {
            LOG.warn("the empty file of recording {} stays: {}", end.sid(), stays.toString());
        }
    }

    private void notifyOf(RecordingRecord end) {
        String message = "recording " + end.sid()
                + end.conferenceSid().map(sid -> " of conference " + sid).orElse("")
                + " is not whole: the disk was full or too slow";
        LOG.warn("call {} notification {}: {}", end.callSid(), RecordingRecord.INCOMPLETE, message);
        equipment.notified(
                Notification.now(
                        equipment.world(),
                        end.accountSid(),
                        Optional.of(end.callSid()),
                        true,
                        RecordingRecord.INCOMPLETE,
                        message,
                        ""),
                Map.of("message", message));
    }

    private void tell(RecordingRecord record, String event) {
        if (told.url().isPresent() && told.events().contains(event)) {
            callbacks.tell(told.method(), told.url().get(), parameters(record));
        }
    }

    private Map<String, String> parameters(RecordingRecord record) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("AccountSid", record.accountSid().text());
        parameters.put("CallSid", record.callSid().text());
        record.conferenceSid().ifPresent(conference -> parameters.put("ConferenceSid", conference.text()));
        parameters.put("RecordingSid", record.sid().text());
        if (record.hasSound()) {
            parameters.put("RecordingUrl", equipment.recordingFolder().url(record));
        }
        parameters.put("RecordingStatus", record.status().text());
        record.duration()
                .ifPresent(known -> parameters.put("RecordingDuration", Long.toString(RecordingRecord.seconds(known))));
        parameters.put("RecordingChannels", Integer.toString(record.channels()));
        parameters.put("RecordingSource", record.source());
        parameters.put("RecordingTrack", record.track());
        parameters.put("RecordingStartTime", Webhooks.date(record.startTime()));
        record.errorCode().ifPresent(code -> parameters.put("ErrorCode", Integer.toString(code)));
        return parameters;
    }
}
