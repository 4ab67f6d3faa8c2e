package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.media.Tracks;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.RecordingCallback;

/** Recordings of live calls, begun and changed by REST. */
final class RecordingControlTest {
    private final House house = new House();
    private final CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String uri = House.nativeBase(House.PARENT) + "/Calls/" + call.sid();
    private final String sdk = "/2010-04-01/Accounts/" + House.PARENT + "/Calls/" + call.sid();

    @AfterEach
    void close() {
        house.close();
    }

    private Optional<Controls.Recording> taken(String form) {
        HttpResponse<String> answer = house.post(uri + ".json", form);
        assertEquals(200, answer.statusCode(), answer.body());
        return house.memory.modifications.remove().controls().recording();
    }

    private static Optional<Controls.Recording> start(Tracks tracks) {
        return Optional.of(new Controls.Recording.Start(
                tracks,
                new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of("completed")),
                "StartCallRecordingAPI",
                true));
    }

    @Test
    void recordIsOneOfFour() {
        // issue 3, 6: Record start, pause, resume, stop
        assertEquals(start(Tracks.MONO), taken("Record=start"));
        assertEquals(start(Tracks.DUAL), taken("Record=start&RecordingChannels=dual"));
        assertEquals(start(Tracks.SAID), taken("Record=start&RecordingTrack=inbound&RecordingChannels=dual"));
        assertEquals(start(Tracks.HEARD), taken("Record=start&RecordingTrack=outbound"));
        assertEquals(
                Optional.of(new Controls.Recording.Start(
                        Tracks.MONO,
                        new RecordingCallback(
                                Optional.of("http://a.example/r"), HttpMethod.GET, List.of("in-progress", "absent")),
                        "StartCallRecordingAPI",
                        true)),
                taken("Record=start&RecordingStatusCallback=http://a.example/r&RecordingStatusCallbackMethod=GET"
                        + "&RecordingStatusCallbackEvent=in-progress+absent"));
        assertEquals(Optional.of(new Controls.Recording.Pause(Optional.empty(), true)), taken("Record=pause"));
        assertEquals(
                Optional.of(new Controls.Recording.Pause(Optional.empty(), false)),
                taken("Record=pause&PauseBehavior=skip"));
        assertEquals(Optional.of(new Controls.Recording.Resume(Optional.empty())), taken("Record=resume"));
        assertEquals(Optional.of(new Controls.Recording.Stop(Optional.empty())), taken("Record=stop"));
        assertEquals(Optional.empty(), taken("Mute=true"));
        assertEquals(start(Tracks.MONO), taken("Record=start&Url=http://a.example/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Record=true|Record",
                "Record=start&RecordingChannels=three|RecordingChannels",
                "Record=start&RecordingTrack=both_tracks|RecordingTrack",
                "Record=start&RecordingStatusCallback=here|RecordingStatusCallback",
                "Record=start&RecordingStatusCallbackEvent=done|RecordingStatusCallbackEvent",
                "Record=start&PauseBehavior=skip|PauseBehavior",
                "Record=pause&PauseBehavior=hide|PauseBehavior",
                "Record=pause&RecordingTrack=both|RecordingTrack",
                "RecordingChannels=dual|RecordingChannels",
                "Record=stop&Url=http://a.example/|Record"
            })
    void whatCannotBeMeantNamesItsParameter(String form, String parameter) {
        // CONTRACT 2: all parameters are checked before anything happens; the error says which
        HttpResponse<String> answer = house.post(uri + ".json", form);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(parameter), answer.body());
        assertEquals(0, house.memory.modifications.size());
    }

    @Test
    void aDryRunBeginsNone() {
        // issue 3, 8: DryRun=true on any modification returns the plan
        HttpResponse<String> planned = house.post(sdk + "/Recordings.json", "RecordingChannels=dual&DryRun=true");
        assertEquals(200, planned.statusCode(), planned.body());
        assertEquals(call.sid().text(), House.json(planned).get("sid").asText());
        assertTrue(house.memory.modifications.remove().dryRun());
    }

    @Test
    void oneIsBegunChangedAndStopped() {
        // peers.md 2.5: Calls/{}/Recordings and Recordings/{RE or Twilio.CURRENT}, in both bases
        HttpResponse<String> begun = house.post(sdk + "/Recordings.json", "RecordingChannels=dual&Trim=do-not-trim");
        assertEquals(201, begun.statusCode(), begun.body());
        JsonNode recording = House.json(begun);
        String sid = recording.get("sid").asText();
        assertEquals("in-progress", recording.get("status").asText());
        assertEquals("StartCallRecordingAPI", recording.get("source").asText());
        assertEquals(call.sid().text(), recording.get("call_sid").asText());

        HttpResponse<String> again = house.post(sdk + "/Recordings.json", "RecordingChannels=mono");
        assertEquals(200, again.statusCode(), "it goes on already");
        assertEquals(sid, House.json(again).get("sid").asText());

        JsonNode shown = House.json(house.get(uri + ".json"));
        assertEquals(sid, shown.get("recording_sid").asText());
        assertEquals("in-progress", shown.get("recording_status").asText());

        assertEquals("paused", changed(sdk, sid, "Status=paused&PauseBehavior=skip"));
        assertEquals("in-progress", changed(uri, "Twilio.CURRENT", "Status=in-progress"));
        assertEquals("paused", changed(uri, sid, "Status=paused"));
        assertEquals("completed", changed(sdk, "Twilio.CURRENT", "Status=stopped"));
        assertEquals(
                List.of(
                        new Controls.Recording.Pause(Optional.of(new Sid(sid)), false),
                        new Controls.Recording.Resume(Optional.of(new Sid(sid))),
                        new Controls.Recording.Pause(Optional.of(new Sid(sid)), true),
                        new Controls.Recording.Stop(Optional.of(new Sid(sid)))),
                house.memory.modifications.stream()
                        .skip(2)
                        .map(one -> one.controls().recording().orElseThrow())
                        .toList());
        JsonNode list = House.json(house.get(sdk + "/Recordings.json")).get("recordings");
        assertEquals(1, list.size());
        assertEquals(
                409,
                house.post(sdk + "/Recordings/Twilio.CURRENT.json", "Status=stopped")
                        .statusCode());
    }

    private String changed(String base, String which, String form) {
        HttpResponse<String> answer = house.post(base + "/Recordings/" + which + ".json", form);
        assertEquals(200, answer.statusCode(), answer.body());
        return House.json(answer).get("status").asText();
    }

    @Test
    void whatIsNotThereIsNotChanged() {
        // CONTRACT 2: 404 unknown or another account's, 410 the call has ended, 409 state forbids it
        CallRecord ended = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        String over = House.nativeBase(House.PARENT) + "/Calls/" + ended.sid();
        assertEquals(410, house.post(over + "/Recordings.json", "").statusCode());
        assertEquals(
                410,
                house.post(over + "/Recordings/Twilio.CURRENT.json", "Status=stopped")
                        .statusCode());
        assertEquals(
                404,
                house.post(uri + "/Recordings/RE" + "0".repeat(32) + ".json", "Status=stopped")
                        .statusCode());
        assertEquals(
                400, house.post(uri + "/Recordings.json", "RecordingTrack=all").statusCode());
        house.post(uri + "/Recordings.json", "");
        assertEquals(
                400, house.post(uri + "/Recordings/Twilio.CURRENT.json", "").statusCode());
        assertEquals(
                400,
                house.post(uri + "/Recordings/Twilio.CURRENT.json", "Status=over")
                        .statusCode());
        house.memory.outcome.set(List.of(ModificationStatus.State.CONFLICT));
        HttpResponse<String> refused = house.post(uri + "/Recordings.json", "");
        assertEquals(409, refused.statusCode());
        assertEquals(29409, House.json(refused).get("code").asInt());
    }

    @Test
    void aNewCallMayBeRecorded() {
        // peers.md 2.2: Record, RecordingChannels, RecordingTrack, RecordingStatusCallback
        String calls = House.nativeBase(House.PARENT) + "/Calls.json";
        String form = "To=client:bob&From=%2B15550001&Url=http://a.example/";
        assertEquals(
                201,
                house.post(calls, form + "&Record=true&RecordingChannels=dual").statusCode());
        assertEquals(
                Optional.of(new Controls.Recording.Start(
                        Tracks.DUAL,
                        new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of("completed")),
                        "OutboundAPI",
                        true)),
                house.memory.created.remove().recording());
        house.post(calls, form + "&Record=false");
        assertEquals(Optional.empty(), house.memory.created.remove().recording());
        assertEquals(400, house.post(calls, form + "&Record=loudly").statusCode());
    }
}
