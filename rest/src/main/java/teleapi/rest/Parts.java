package teleapi.rest;

import java.util.function.Supplier;
import teleapi.call.directory.Directory;
import teleapi.call.directory.Provisioning;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.EventHistory;
import teleapi.call.records.Journals;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Notifications;
import teleapi.call.records.RecordingFolder;
import teleapi.call.records.Recordings;
import teleapi.call.records.RequestKeys;
import teleapi.call.records.Transcriptions;
import teleapi.runtime.World;

/**
 * What the API is made of.
 *
 * @param health asked at each GET /health
 * @param metrics the Prometheus text, asked at each GET /metrics
 */
public record Parts(
        World world,
        LiveCalls liveCalls,
        CallRecords calls,
        ConferenceRecords conferences,
        Notifications notifications,
        EventHistory events,
        Journals journals,
        ModificationRecords modifications,
        RequestKeys requestKeys,
        Recordings recordings,
        RecordingFolder recordingFolder,
        Transcriptions transcriptions,
        MessageRecords messages,
        Directory directory,
        Provisioning provisioning,
        Supplier<Health> health,
        Supplier<String> metrics) {}
