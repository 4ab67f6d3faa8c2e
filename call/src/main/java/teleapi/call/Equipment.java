package teleapi.call;

import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.call.directory.Directory;
import teleapi.call.directory.QueueSettings;
import teleapi.call.directory.Shelf;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.EventLog;
import teleapi.call.records.Journals;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.OwedCallbacks;
import teleapi.call.records.RecordingFolder;
import teleapi.call.records.Recordings;
import teleapi.call.records.Transcriptions;
import teleapi.call.stream.Streaming;
import teleapi.call.webhook.Sounds;
import teleapi.call.webhook.Webhooks;
import teleapi.media.MediaEngine;
import teleapi.media.speech.Recognition;
import teleapi.runtime.World;

/** What every call uses; everything in it may be used from any thread. */
public record Equipment(
        World world,
        MediaEngine media,
        Webhooks webhooks,
        Sounds sounds,
        Recognition recognition,
        Directory directory,
        Shelf<QueueSettings> queueSettings,
        CallRecords callRecords,
        ConferenceRecords conferenceRecords,
        Notifications notifications,
        EventLog events,
        Journals journals,
        OwedCallbacks owedCallbacks,
        Recordings recordings,
        RecordingFolder recordingFolder,
        Transcriptions transcriptions,
        MessageRecords messageRecords,
        Streaming streaming) {
    /** A notification: it is kept, and whoever listens to its account is told, with {@code more} beside its code. */
    public void notified(Notification notification, Map<String, String> more) {
        var values = new LinkedHashMap<String, String>();
        values.put("code", Integer.toString(notification.code()));
        values.putAll(more);
        events.post(AccountEvent.now(
                world,
                notification.accountSid(),
                AccountEvent.Topic.NOTIFICATION,
                notification.error() ? "error" : "warning",
                notification.callSid(),
                values));
        notifications.write(notification);
    }
}
