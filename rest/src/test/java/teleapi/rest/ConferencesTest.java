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
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.Modification;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.bridge.Announcement;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.rcml.HttpMethod;

/** Conferences and participants, as the API takes them. */
final class ConferencesTest {
    private static final Sid ROOM = new Sid("CF" + "0".repeat(32));

    private final House house = new House();
    private final CallRecord one = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final CallRecord other = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String room = House.nativeBase(House.PARENT) + "/Conferences/" + ROOM + ".json";
    private final String participants = House.nativeBase(House.PARENT) + "/Conferences/" + ROOM + "/Participants";
    private final String uri = participants + "/" + one.sid() + ".json";

    @BeforeEach
    void aRoomOfTwo() {
        var now = house.memory.world.time().now();
        house.memory.conferences.set(List.of(new ConferenceRecord(
                ROOM,
                House.PARENT,
                "team room",
                ConferenceRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1)));
        house.memory.participants.set(List.of(
                new ParticipantRecord(
                        one.sid(),
                        ROOM,
                        House.PARENT,
                        false,
                        false,
                        Optional.of(other.sid()),
                        true,
                        false,
                        true,
                        now,
                        now),
                new ParticipantRecord(
                        other.sid(), ROOM, House.PARENT, false, false, Optional.empty(), true, false, true, now, now)));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aConferenceIsEndedAndSaysWhy() {
        // peers.md 2.6: Status=completed; reason_conference_ended; 200 means that it is over
        HttpResponse<String> answer = house.post(room, "Status=completed");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("completed", House.json(answer).get("status").asText());
        assertEquals(
                "conference-ended-via-api",
                House.json(answer).get("reason_conference_ended").asText());
        assertEquals(
                404,
                house.post(House.nativeBase(House.CHILD) + "/Conferences/" + ROOM, "Status=completed")
                        .statusCode());
    }

    @Test
    void aDryRunEndsNothingAndSaysWhatItWould() {
        // issue 3, 8: DryRun=true on any modification returns the plan
        HttpResponse<String> answer = house.post(room, "Status=completed&DryRun=true");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("in-progress", House.json(answer).get("status").asText());
        JsonNode plan = House.json(answer).get("plan");
        assertEquals(one.sid().text(), plan.get("legs").get(0).asText());
        assertEquals("conference " + ROOM, plan.get("ends").get(0).asText());
    }

    @Test
    void aDryRunChangesNoParticipant() {
        // issue 3, 8: DryRun=true on any modification returns the plan
        assertTrue(taken("Muted=true&DryRun=true").dryRun());
        assertTrue(taken("MoveTo=side&DryRun=true").dryRun());
    }

    @Test
    void anAnnouncementIsHeardOrSaysWhyNot() {
        // peers.md 2.6: AnnounceUrl, AnnounceMethod POST; a failure known by then is 422 with its code
        assertEquals(200, house.post(room, "AnnounceUrl=http://a.example/hear").statusCode());
        assertEquals(
                new NewDocument.Fetch("http://a.example/hear", HttpMethod.POST), house.memory.announcements.remove());
        house.memory.announcement.set(new Announcement.Unplayable(12400, "no WAV"));
        assertEquals(12400, code(422, house.post(room, "AnnounceUrl=http://a.example/hear")));
        house.memory.announcement.set(new Announcement.NotStarted());
        assertEquals(29409, code(409, house.post(room, "AnnounceUrl=http://a.example/hear")));
        house.memory.announcement.set(new Announcement.Full());
        assertEquals(29445, code(409, house.post(room, "AnnounceUrl=http://a.example/hear")));
        house.memory.announcement.set(new Announcement.Over());
        assertEquals(29440, code(409, house.post(room, "AnnounceUrl=http://a.example/hear")));
    }

    private static int code(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        return House.json(answer).get("code").asInt();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Status=ended|Status",
                "AnnounceUrl=ftp://a.example/|AnnounceUrl",
                "AnnounceUrl=http://a.example/&AnnounceMethod=PUT|AnnounceMethod",
                "Status=completed&AnnounceUrl=http://a.example/|Status",
                "AnnounceUrl=http://a.example/&DryRun=true|DryRun",
                "FriendlyName=x|neither"
            })
    void whatCannotBeMeantOfAConferenceIsNamed(String form, String parameter) {
        // CONTRACT 2: 400 says which parameter
        HttpResponse<String> answer = house.post(room, form);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(parameter), answer.body());
    }

    @Test
    void aParticipantIsCalledInOnItsTerms() {
        // peers.md 2.6 "Participant create"
        HttpResponse<String> answer = house.post(
                participants + ".json",
                "From=%2B15550001&To=client:bob&Muted=true&Beep=onExit&StartConferenceOnEnter=false"
                        + "&EndConferenceOnExit=true&WaitUrl=&Timeout=20&MaxParticipants=5&CallSidToCoach="
                        + other.sid()
                        + "&ConferenceStatusCallback=http://a.example/c&ConferenceStatusCallbackEvent=join%20leave");
        assertEquals(201, answer.statusCode(), answer.body());
        JsonNode made = House.json(answer);
        assertEquals("queued", made.get("status").asText());
        assertEquals(ROOM.text(), made.get("conference_sid").asText());
        assertTrue(made.get("muted").asBoolean() && made.get("coaching").asBoolean(), answer.body());
        NewCall call = house.memory.created.remove();
        assertEquals(20, call.timeout().toSeconds());
        NewDocument.Join join = (NewDocument.Join) call.document();
        assertEquals(Optional.of(ROOM), join.only());
        assertEquals("team room", join.terms().name());
        assertTrue(join.terms().muted() && join.terms().endConferenceOnExit());
        assertTrue(!join.terms().startConferenceOnEnter());
        assertTrue(!join.terms().beepOnEnter() && join.terms().beepOnExit());
        assertEquals(Optional.of(""), join.terms().waitUrl());
        assertEquals(5, join.terms().maxParticipants());
        assertEquals(Optional.of(other.sid().text()), join.terms().coach());
        assertEquals(List.of("join", "leave"), join.terms().statusCallbackEvents());
    }

    @Test
    void aRoomIsCalledIntoByItsName() {
        // peers.md 2.6: the SDKs' path takes a friendly name
        HttpResponse<String> answer = house.post(
                House.sdkBase(House.PARENT) + "/Conferences/my%20team/Participants.json",
                "From=%2B15550001&To=%2B15550002");
        assertEquals(201, answer.statusCode(), answer.body());
        NewDocument.Join join = (NewDocument.Join) house.memory.created.remove().document();
        assertEquals("my team", join.terms().name());
        assertEquals(Optional.empty(), join.only());
        assertEquals(40, join.terms().maxParticipants());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "To=client:bob|From",
                "From=1|To",
                "From=1&To=2&Beep=loud|Beep",
                "From=1&To=2&Muted=yes|Muted",
                "From=1&To=2&MaxParticipants=1|MaxParticipants",
                "From=1&To=2&Coaching=true|Coaching",
                "From=1&To=2&ConferenceStatusCallbackEvent=joined|ConferenceStatusCallbackEvent"
            })
    void whoCannotBeCalledInIsNotCalled(String form, String parameter) {
        // CONTRACT 2: all parameters are checked before anything happens
        HttpResponse<String> answer = house.post(participants + ".json", form);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(parameter), answer.body());
        assertTrue(house.memory.created.isEmpty());
    }

    private Modification taken(String form) {
        HttpResponse<String> answer = house.post(uri, form);
        assertEquals(200, answer.statusCode(), answer.body());
        return house.memory.modifications.remove();
    }

    @Test
    void aParticipantIsChangedAndWhatIsAbsentStaysAsItIs() {
        // peers.md 2.6 "Participant update"; issue 3, 11
        Controls controls = taken("Hold=true&HoldUrl=http://a.example/m.wav&EndConferenceOnExit=true"
                        + "&WaitUrl=http://a.example/w&AnnounceUrl=http://a.example/a&CallSidToCoach=" + other.sid())
                .controls();
        assertEquals(Optional.empty(), controls.muted());
        assertEquals(Optional.of(new Controls.Hold(true, Optional.of("http://a.example/m.wav"))), controls.hold());
        assertEquals(
                Optional.of(new Controls.Over(
                        new Controls.Source.Announcement(new NewDocument.Fetch("http://a.example/a", HttpMethod.POST)),
                        1,
                        Controls.Legs.SELF)),
                controls.over());
        assertEquals(
                Optional.of(new Participation(
                        Optional.of(ROOM),
                        Optional.of(new Participation.Coaching.Of(other.sid())),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.of(new Participation.Waiting("http://a.example/w", HttpMethod.POST)),
                        Optional.empty())),
                controls.participation());
        assertEquals(
                Optional.of(new Participation.Coaching.Nobody()),
                taken("Coaching=false").controls().participation().orElseThrow().coaching());
        assertEquals(
                Optional.of("team room"),
                taken("MoveTo=" + ROOM).controls().participation().orElseThrow().moveTo());
        assertEquals(
                Optional.of("side room"),
                taken("MoveTo=side%20room")
                        .controls()
                        .participation()
                        .orElseThrow()
                        .moveTo());
    }

    @Test
    void theLiveControlsOfACallAreAParticipantsToo() {
        // issue 3, 6: as parameters of the same POST and on Participants
        HttpResponse<String> answer =
                house.post(uri, "Deaf=true&Say=hello&Loop=2&SendDigits=1w&Record=start&TimeLimit=60");
        assertEquals(200, answer.statusCode(), answer.body());
        Controls controls = house.memory.modifications.remove().controls();
        assertEquals(Optional.of(true), controls.deaf());
        assertEquals(
                Optional.of(new Controls.Over(new Controls.Source.Text("hello", "en", "man"), 2, Controls.Legs.SELF)),
                controls.over());
        assertEquals(Optional.of("1w"), controls.digits());
        assertEquals(Optional.of(Duration.ofSeconds(60)), controls.timeLimit());
        assertTrue(controls.recording().orElseThrow() instanceof Controls.Recording.Start);
        assertEquals(Optional.of(ROOM), controls.participation().orElseThrow().conference());
    }

    @Test
    void severalMoveTogether() {
        // issue 3, 11: from room to room in one operation, several at once
        HttpResponse<String> answer = house.post(
                House.nativeBase(House.PARENT) + "/Modifications.json",
                House.form(
                        "Changes",
                        "[{\"CallSid\":\"" + one.sid() + "\",\"MoveTo\":\"side\"},{\"CallSid\":\"" + other.sid()
                                + "\",\"ConferenceSid\":\"" + ROOM + "\",\"MoveTo\":\"side\"}]"));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                List.of(Optional.empty(), Optional.of(ROOM)),
                house.memory.modifications.stream()
                        .map(change ->
                                change.controls().participation().orElseThrow().conference())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CallSidToCoach=CA00000000000000000000000000000000|CallSidToCoach",
                "CallSidToCoach=bob|CallSidToCoach",
                "Coaching=true|Coaching",
                "Coaching=false&CallSidToCoach=CA00000000000000000000000000000000|CallSidToCoach",
                "MoveTo=side&Muted=true|Muted",
                "MoveTo=CF00000000000000000000000000000009|MoveTo",
                "HoldUrl=http://a.example/m.wav|HoldUrl",
                "Hold=true&HoldMethod=POST|HoldMethod",
                "EndConferenceOnExit=perhaps|EndConferenceOnExit",
                "AnnounceUrl=nowhere|AnnounceUrl",
                "AnnounceUrl=http://a.example/&Say=x|AnnounceUrl",
                "MoveTo=side&Deaf=true|Deaf",
                "TimeLimit=0|TimeLimit",
                "FriendlyName=x|none"
            })
    void whatCannotBeMeantOfAParticipantIsNamed(String form, String parameter) {
        // CONTRACT 2: all parameters are checked before anything happens
        HttpResponse<String> answer = house.post(uri, form);
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 404, answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(parameter), answer.body());
        assertTrue(house.memory.modifications.isEmpty());
    }

    @Test
    void participantsAreFoundByWhatTheyDo() {
        // peers.md 2.6 "Participant list filters": Muted, Hold, Coaching
        assertEquals(
                1,
                House.json(house.get(participants + ".json?Coaching=true"))
                        .get("calls")
                        .size());
        assertEquals(
                0,
                House.json(house.get(participants + ".json?Hold=true"))
                        .get("calls")
                        .size());
        JsonNode shown = House.json(house.get(uri));
        assertEquals(other.sid().text(), shown.get("call_sid_to_coach").asText());
        assertEquals("connected", shown.get("status").asText());
    }
}
