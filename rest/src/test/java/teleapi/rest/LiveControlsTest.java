package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.Change;
import teleapi.call.Controls;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;

/** Live controls, overlays, connected legs and changes of several calls, as the API takes them. */
final class LiveControlsTest {
    private static final String NEXT = "Url=http%3A%2F%2Fapp.example%2Fnext";

    private final House house = new House();
    private final CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String uri = House.nativeBase(House.PARENT) + "/Calls.json/" + call.sid();
    private final String together = House.nativeBase(House.PARENT) + "/Modifications.json";

    @AfterEach
    void close() {
        house.close();
    }

    private Modification taken(String form) {
        HttpResponse<String> answer = house.post(uri, form);
        assertEquals(200, answer.statusCode(), answer.body());
        return house.memory.modifications.remove();
    }

    @Test
    void controlsAreTakenAndWhatIsAbsentStaysAbsent() {
        // issue 3, 6: absent means unchanged
        Controls controls = taken(
                        "Deaf=true&Hold=true&HoldUrl=http%3A%2F%2Fapp.example%2Fm.wav&SendDigits=1w%23&TimeLimit=60")
                .controls();
        assertEquals(Optional.empty(), controls.muted());
        assertEquals(Optional.of(true), controls.deaf());
        assertEquals(Optional.of(new Controls.Hold(true, Optional.of("http://app.example/m.wav"))), controls.hold());
        assertEquals(Optional.of("1w#"), controls.digits());
        assertEquals(Optional.of(Duration.ofSeconds(60)), controls.timeLimit());
        assertEquals(Optional.empty(), controls.over());
    }

    @Test
    void aSoundOverTheCallHasLegsAndLoops() {
        // issue 3, 6: Play/Say to this leg, the other, or both, looped, with a handle to stop it
        assertEquals(
                Optional.of(new Controls.Over(new Controls.Source.Text("hello", "en", "man"), 0, Controls.Legs.BOTH)),
                taken("Say=hello&Loop=0&Legs=both").controls().over());
        assertEquals(
                Optional.of(new Controls.Stop(Optional.empty())),
                taken("StopPlay=all").controls().stop());
    }

    @Test
    void theConnectedLegHasAFate() {
        // issue 3, 5 and 7
        assertTrue(fate(NEXT) instanceof Connected.Usual);
        assertTrue(fate(NEXT + "&ConnectedLeg=hangup") instanceof Connected.HangUp);
        assertTrue(fate(NEXT + "&ConnectedLeg=continue") instanceof Connected.GoOn);
        assertTrue(fate(NEXT + "&ConnectedLeg=hold") instanceof Connected.Hold);
        assertTrue(fate(NEXT + "&ConnectedLeg=move") instanceof Connected.Run run && run.required());
        assertTrue(fate(NEXT + "&MoveConnectedCallLeg=true") instanceof Connected.Run run && !run.required());
        assertTrue(fate(NEXT + "&ConnectedRcml=%3CResponse%2F%3E") instanceof Connected.Run run && run.required());
        assertEquals(
                Optional.of(Redirect.Mode.OVERLAY),
                taken(NEXT + "&Mode=overlay").redirect().map(Redirect::mode));
    }

    private Connected fate(String form) {
        return taken(form).redirect().orElseThrow().connected();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mode=overlay|Mode",
                "ConnectedLeg=hold|ConnectedLeg",
                "Url=http://a.example/&ConnectedLeg=away|ConnectedLeg",
                "Url=http://a.example/&Mode=overlay&ConnectedLeg=hold|ConnectedLeg",
                "Url=http://a.example/&MoveConnectedCallLeg=true&ConnectedLeg=hangup|ConnectedLeg",
                "Url=http://a.example/&ConnectedUrl=http://b.example/&ConnectedRcml=%3CResponse%2F%3E|ConnectedUrl",
                "Url=http://a.example/&Say=x|Say",
                "Status=completed&ConnectTo=CA00000000000000000000000000000000|Status",
                "ConnectTo=CA00000000000000000000000000000000|ConnectTo",
                "Play=http://a.example/x.wav&Say=x|Play",
                "Loop=2|Loop",
                "HoldUrl=http://a.example/x.wav|HoldUrl",
                "StopPlay=some|StopPlay",
                "Hold=true&HoldMethod=POST|HoldMethod",
                "SendDigits=12x|SendDigits",
                "TimeLimit=0|TimeLimit",
                "Hold=maybe|Hold"
            })
    void whatCannotBeMeantNamesItsParameter(String form, String parameter) {
        // CONTRACT 2: all parameters are checked before anything happens; the error says which
        HttpResponse<String> answer = house.post(uri, form);
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 404, answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(parameter), answer.body());
        assertEquals(0, house.memory.modifications.size());
    }

    @Test
    void severalChangesAreAnsweredTogether() {
        // issue 3, 8
        CallRecord other = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        HttpResponse<String> answer = house.post(
                together,
                House.form(
                        "Changes",
                        "[{\"CallSid\":\"" + call.sid() + "\",\"Mute\":true},{\"CallSid\":\"" + other.sid()
                                + "\",\"Status\":\"completed\"}]"));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(2, House.json(answer).get("modifications").size());
        assertEquals(2, house.memory.modifications.size());
    }

    @Test
    void severalChangesThatTheirCallsHaveNotTakenYetAreNamed() {
        // CONTRACT section 2: also with 202 the body names the modification, which is told later
        house.memory.outcome.set(List.of());
        CallRecord other = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        HttpResponse<String> answer = house.post(together, muting(call, other), "Prefer", "respond-async");
        assertEquals(202, answer.statusCode(), answer.body());
        JsonNode named = House.json(answer).get("modifications");
        assertEquals(2, named.size(), answer.body());
        assertEquals("accepted", named.get(0).get("status").asText());
        assertEquals(other.sid().text(), named.get(1).get("call_sid").asText());
        String later = House.nativeBase(House.PARENT) + "/Calls/" + other.sid() + "/Modifications/"
                + named.get(1).get("sid").asText() + ".json";
        assertEquals("accepted", House.json(house.get(later)).get("status").asText());
    }

    @Test
    void severalChangesAreNoSuccessWhenOneHasNotBeenMade() {
        // CONTRACT section 2: 200 means that it has taken effect; ADR-0010 "What we gave up"
        house.memory.outcome.set(List.of(ModificationStatus.State.PREPARING, ModificationStatus.State.SUPERSEDED));
        HttpResponse<String> answer = house.post(together, muting(call));
        assertEquals(409, answer.statusCode(), answer.body());
        assertEquals(29409, House.json(answer).get("code").asInt(), answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith("change 0: "), answer.body());
        assertEquals(
                "superseded",
                House.json(answer).get("modifications").get(0).get("status").asText());
    }

    @Test
    void aChangeOfWhatHasEndedSaysSo() {
        // CONTRACT section 2: 410 the call has ended, as of one alone
        CallRecord ended = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        HttpResponse<String> gone = house.post(together, muting(ended));
        assertEquals(410, gone.statusCode(), gone.body());
        assertEquals(21220, House.json(gone).get("code").asInt(), gone.body());
        assertTrue(House.json(gone).get("message").asText().startsWith("Changes[0]: "), gone.body());
    }

    @Test
    void aDryRunEndsNoConference() {
        // docs/api/calls.md: DryRun=true plans all
        Sid conference = new Sid("CF00000000000000000000000000000001");
        HttpResponse<String> answer = house.post(
                together,
                House.form(
                        "DryRun",
                        "true",
                        "Changes",
                        "[{\"ConferenceSid\":\"" + conference + "\",\"Status\":\"completed\"}]"));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(new Change.EndOfConference(conference, true), house.memory.together.remove());
        JsonNode planned = House.json(answer).get("conferences").get(0);
        assertEquals(conference.text(), planned.get("conference_sid").asText());
        assertEquals(
                "conference " + conference,
                planned.get("plan").get("ends").get(0).asText(),
                answer.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Changes",
                "[]|Changes",
                "[1]|Changes[0]",
                "[{\"Mute\":true}]|Changes[0]",
                "[{\"ConferenceSid\":\"CF00000000000000000000000000000000\"}]|Changes[0]",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Mute\":[true]}]|Changes[0].Mute",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Mute\":true}]|Changes[0]",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"MoveTo\":\"side\",\"Url\":\"http://a.example/\"}]|Changes[0]:"
                    + " Url",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Coaching\":false,\"Status\":\"completed\"}]|Changes[0]:"
                    + " Status",
                "[{\"Mute\":true,\"Mute\":false,\"CallSid\":\"CA00000000000000000000000000000000\"}]|Changes",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Mute\":true}] []|Changes: goes on",
                "[[[[[[[|Changes",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Say\":null}]|Changes[0].Say",
                "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Mute\":true,\"DryRun\":true}]|Changes[0]:"
                        + " DryRun",
                "[{\"ConferenceSid\":\"CF00000000000000000000000000000000\",\"Status\":\"completed\",\"AnnounceUrl\":\"http://a.example/\"}]|Changes[0]:"
                    + " AnnounceUrl"
            })
    void aWrongChangeIsNamedAndNothingHappens(String changes, String named) {
        // issue 3, 8: everything is checked first
        HttpResponse<String> answer = house.post(together, House.form("Changes", changes));
        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 404, answer.body());
        assertTrue(House.json(answer).get("message").asText().startsWith(named), answer.body());
        assertEquals(0, house.memory.modifications.size());
    }

    /** Several changes: each of these calls is muted. */
    private static String muting(CallRecord... calls) {
        return House.form(
                "Changes",
                Arrays.stream(calls)
                        .map(muted -> "{\"CallSid\":\"" + muted.sid() + "\",\"Mute\":true}")
                        .collect(Collectors.joining(",", "[", "]")));
    }
}
