package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.Controls;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.bridge.Recorded;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.media.Tracks;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.RecordingCallback;

/** Recordings of conferences, as the API takes them. */
final class ConferenceRecordingsTest {
    private static final Sid ROOM = new Sid("CF" + "0".repeat(32));
    private static final Sid OTHER = new Sid("CF" + "0".repeat(31) + "1");
    private static final Sid RECORDING = new Sid("RE" + "0".repeat(32));
    private static final RecordingCallback NOBODY =
            new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of("completed"));

    private final House house = new House();
    private final String room = House.nativeBase(House.PARENT) + "/Conferences/" + ROOM;
    private final String recordings = room + "/Recordings.json";
    private final String sdk = House.sdkBase(House.PARENT) + "/Conferences/" + ROOM + "/Recordings";
    private RecordingRecord recording = record(RECORDING, ROOM);

    @BeforeEach
    void aRoom() {
        var now = house.memory.world.time().now();
        house.memory.conferences.set(List.of(new ConferenceRecord(
                ROOM,
                House.PARENT,
                "hall",
                ConferenceRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1)));
        recording = record(RECORDING, ROOM);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private RecordingRecord record(Sid sid, Sid conference) {
        var now = house.memory.world.time().now();
        return RecordingRecord.begun(
                sid,
                House.PARENT,
                new Sid("CA" + "0".repeat(32)),
                Optional.of(conference),
                1,
                "both",
                "Conference",
                now);
    }

    private JsonNode done(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        return House.json(answer);
    }

    @Test
    void oneIsBegunPausedResumedAndStopped() {
        // issue 4, 4; peers.md 2.5: the same change call as under Calls, in both bases
        house.memory.recordings.write(recording);
        house.memory.recorded.set(new Recorded.Done(recording, true));
        JsonNode begun = done(
                201,
                house.post(
                        recordings, "RecordingStatusCallback=http://a.example/r&RecordingStatusCallbackEvent=absent"));
        assertEquals(RECORDING.text(), begun.get("sid").asText());
        assertEquals(ROOM.text(), begun.get("conference_sid").asText());
        assertEquals("Conference", begun.get("source").asText());
        house.memory.recorded.set(new Recorded.Done(recording, false));
        done(200, house.post(sdk + ".json", ""));
        done(200, house.post(sdk + "/Twilio.CURRENT.json", "Status=paused&PauseBehavior=skip"));
        done(200, house.post(sdk + "/" + RECORDING + ".json", "Status=in-progress"));
        var end = recording.ended(recording.dateUpdated(), Duration.ofSeconds(3), true);
        house.memory.recorded.set(new Recorded.Done(end, false));
        JsonNode stopped = done(200, house.post(room + "/Recordings/" + RECORDING + ".json", "Status=stopped"));
        assertEquals("completed", stopped.get("status").asText());
        assertEquals("3", stopped.get("duration").asText());
        String source = "StartConferenceRecordingAPI";
        assertEquals(
                List.of(
                        new Controls.Recording.Start(
                                Tracks.MONO,
                                new RecordingCallback(
                                        Optional.of("http://a.example/r"), HttpMethod.POST, List.of("absent")),
                                source,
                                false),
                        new Controls.Recording.Start(Tracks.MONO, NOBODY, source, false),
                        new Controls.Recording.Pause(Optional.empty(), false),
                        new Controls.Recording.Resume(Optional.of(RECORDING)),
                        new Controls.Recording.Stop(Optional.of(RECORDING))),
                List.copyOf(house.memory.roomRecordings));
    }

    @Test
    void whatTheStateForbidsIsAConflict() {
        // CONTRACT 2: 409 with a code; 404 unknown
        house.memory.recorded.set(new Recorded.NotStarted());
        assertEquals(29_409, done(409, house.post(recordings, "")).get("code").asInt());
        house.memory.recorded.set(new Recorded.NoneGoesOn());
        assertEquals(
                29_409,
                done(409, house.post(sdk + "/Twilio.CURRENT.json", "Status=stopped"))
                        .get("code")
                        .asInt());
        house.memory.recorded.set(new Recorded.Over());
        assertEquals(29_440, done(409, house.post(recordings, "")).get("code").asInt());
        done(404, house.post(sdk + "/" + RECORDING + ".json", "Status=stopped"));
        house.memory.recordings.write(record(RECORDING, OTHER));
        done(404, house.post(sdk + "/" + RECORDING + ".json", "Status=stopped"));
        done(404, house.get(sdk + "/" + RECORDING + ".json"));
        done(404, house.post(House.nativeBase(House.PARENT) + "/Conferences/" + OTHER + "/Recordings.json", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Recordings|RecordingChannels=dual|RecordingChannels",
                "Recordings|RecordingTrack=inbound|RecordingTrack",
                "Recordings|Trim=loudly|Trim",
                "Recordings|RecordingStatusCallback=here|RecordingStatusCallback",
                "Recordings|RecordingStatusCallbackEvent=done|RecordingStatusCallbackEvent",
                "Recordings/Twilio.CURRENT|PauseBehavior=skip|Status",
                "Recordings/Twilio.CURRENT|Status=over|Status",
                "Recordings/Twilio.CURRENT|Status=paused&PauseBehavior=hide|PauseBehavior",
                "Participants|From=%2B1555&To=client:bob&ConferenceRecord=loudly|ConferenceRecord",
                "Participants|From=%2B1555&To=client:bob&ConferenceRecord=true&ConferenceTrim=no|ConferenceTrim"
            })
    void whatCannotBeMeantNamesItsParameter(String resource, String form, String parameter) {
        // CONTRACT 2: all parameters are checked before anything happens; a conference has no directions
        JsonNode refused = done(400, house.post(room + "/" + resource + ".json", form));
        assertTrue(refused.get("message").asText().startsWith(parameter), refused.toString());
        assertTrue(house.memory.roomRecordings.isEmpty());
    }

    @Test
    void theyAreListedUnderTheirConferenceAndFound() {
        // peers.md 2.5: Conferences/{}/Recordings; the filter ConferenceSid
        house.memory.recordings.write(recording.ended(recording.dateUpdated(), Duration.ofSeconds(1), true));
        house.memory.recordings.write(record(new Sid("RE" + "1".repeat(32)), OTHER));
        String all = House.nativeBase(House.PARENT) + "/Recordings.json";
        for (String list : List.of(recordings, sdk + ".json", all + "?ConferenceSid=" + ROOM)) {
            JsonNode found = done(200, house.get(list)).get("recordings");
            assertEquals(1, found.size(), list);
            assertEquals(RECORDING.text(), found.get(0).get("sid").asText());
        }
        assertEquals(2, done(200, house.get(all)).get("recordings").size());
        done(400, house.get(all + "?ConferenceSid=hall"));
        assertTrue(house.get(room + ".json").body().contains("/Conferences/" + ROOM + "/Recordings"));
        assertEquals(
                204, house.send("DELETE", sdk + "/" + RECORDING + ".json", "").statusCode());
        done(404, house.get(sdk + "/" + RECORDING + ".json"));
    }

    @Test
    void whoIsCalledInMaySayThatItIsRecorded() {
        // peers.md 2.6: ConferenceRecord, ConferenceTrim, ConferenceRecordingStatusCallback(+Method, +Event)
        String who = room + "/Participants.json";
        String form = "From=%2B15550001&To=client:bob";
        house.post(who, form);
        house.post(who, form + "&ConferenceRecord=do-not-record");
        house.post(
                who,
                form + "&ConferenceRecord=record-from-start&ConferenceTrim=do-not-trim"
                        + "&ConferenceRecordingStatusCallback=http://a.example/r"
                        + "&ConferenceRecordingStatusCallbackMethod=GET"
                        + "&ConferenceRecordingStatusCallbackEvent=in-progress%20completed");
        assertEquals(
                List.of(
                        Optional.empty(),
                        Optional.of(new ConferenceRecording(false, true, NOBODY)),
                        Optional.of(new ConferenceRecording(
                                true,
                                false,
                                new RecordingCallback(
                                        Optional.of("http://a.example/r"),
                                        HttpMethod.GET,
                                        List.of("in-progress", "completed"))))),
                house.memory.created.stream()
                        .map(call ->
                                ((NewDocument.Join) call.document()).terms().recording())
                        .toList());
    }
}
