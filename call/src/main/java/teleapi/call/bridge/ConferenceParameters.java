package teleapi.call.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.Webhooks;

/** The parameters of a conference's status callbacks by their usual names. Source: reference/peers.md 2.6 and 2.7. */
public final class ConferenceParameters {
    private ConferenceParameters() {}

    /** What every callback of a conference has. */
    static Map<String, String> of(ConferenceRecord conference, String event, int sequence) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("ConferenceSid", conference.sid().text());
        parameters.put("AccountSid", conference.accountSid().text());
        parameters.put("FriendlyName", conference.friendlyName());
        parameters.put("StatusCallbackEvent", event);
        parameters.put("Timestamp", Webhooks.date(conference.dateUpdated()));
        parameters.put("SequenceNumber", Integer.toString(sequence));
        return parameters;
    }

    /** The last one. */
    public static Map<String, String> end(ConferenceRecord conference, int sequence) {
        Map<String, String> parameters = of(conference, "conference-end", sequence);
        parameters.putAll(ofEnd(conference));
        return parameters;
    }

    static Map<String, String> ofEnd(ConferenceRecord conference) {
        var parameters = new LinkedHashMap<String, String>();
        conference.reasonEnded().ifPresent(reason -> parameters.put("ReasonConferenceEnded", reason));
        conference.callSidEnding().ifPresent(call -> parameters.put("CallSidEndingConference", call.text()));
        return parameters;
    }

    /** Of what was recorded last; nothing when that has no sound. */
    static Map<String, String> of(RecordingRecord recording, String url) {
        var parameters = new LinkedHashMap<String, String>();
        if (recording.hasSound()) {
            parameters.put("RecordingSid", recording.sid().text());
            parameters.put("RecordingUrl", url);
            recording
                    .duration()
                    .ifPresent(length ->
                            parameters.put("RecordingDuration", Long.toString(RecordingRecord.seconds(length))));
        }
        return parameters;
    }

    static Map<String, String> of(Participant participant) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("CallSid", participant.call().sid().text());
        parameters.put("Muted", Boolean.toString(participant.controls().muted()));
        parameters.put("Hold", Boolean.toString(participant.controls().held()));
        parameters.put("Coaching", Boolean.toString(participant.coaches().isPresent()));
        participant.coaches().ifPresent(coached -> parameters.put("CallSidToCoach", coached.text()));
        parameters.put(
                "StartConferenceOnEnter", Boolean.toString(participant.terms().startConferenceOnEnter()));
        parameters.put(
                "EndConferenceOnExit", Boolean.toString(participant.terms().endConferenceOnExit()));
        return parameters;
    }
}
