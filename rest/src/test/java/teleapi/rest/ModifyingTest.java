package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.ControlState;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.records.CallRecord;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;

/** {@code POST Calls/{CallSid}}: what is taken, what is refused, and what is answered when. */
final class ModifyingTest {
    private final House house = new House();
    private final CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String uri = House.nativeBase(House.PARENT) + "/Calls.json/" + call.sid();

    @AfterEach
    void close() {
        house.close();
    }

    private Modification only() {
        assertEquals(1, house.memory.modifications.size());
        return house.memory.modifications.element();
    }

    @Test
    void everyParameterReachesTheCall() {
        // CONTRACT 2: the table of Live call modification
        HttpResponse<String> answer = house.post(
                uri,
                House.form(
                        "Url", "http://app.example/next",
                        "Method", "get",
                        "FallbackUrl", "https://app.example/fallback",
                        "Mute", "True",
                        "StatusCallback", "http://app.example/status",
                        "StatusCallbackMethod", "GET",
                        "MoveConnectedCallLeg", "true"));
        assertEquals(200, answer.statusCode(), answer.body());
        Modification modification = only();
        assertEquals(
                Optional.of(new NewDocument.AtUrl(
                        new NewDocument.Fetch("http://app.example/next", HttpMethod.GET),
                        Optional.of(new NewDocument.Fetch("https://app.example/fallback", HttpMethod.POST)))),
                modification.redirect().map(Redirect::document));
        assertEquals(Optional.of(true), modification.controls().muted());
        assertEquals(
                Optional.of(new Modification.Callback("http://app.example/status", HttpMethod.GET)),
                modification.statusCallback());
        assertEquals(
                Optional.of(true),
                modification.redirect().map(redirect -> redirect.connected() instanceof Redirect.Connected.Run));
    }

    @Test
    void absentMuteStaysAbsent() {
        // CONTRACT 2: Mute absent means unchanged (restcomm.md 1.4: absent was taken for false)
        house.post(uri, "Status=completed");
        assertEquals(Optional.empty(), only().controls().muted());
        assertEquals(Optional.of(Ending.COMPLETED), only().ending());
    }

    @Test
    void appliedIs200WithTheCallAndTheModification() {
        // CONTRACT 2: 200 means that it has taken effect; the body names the modification
        JsonNode body = House.json(house.post(uri, "Mute=true"));
        assertEquals(call.sid().text(), body.get("sid").asText());
        assertEquals("applied", body.get("modification").get("status").asText());
        String sid = body.get("modification").get("sid").asText();
        JsonNode later = House.json(
                house.get(House.nativeBase(House.PARENT) + "/Calls/" + call.sid() + "/Modifications/" + sid + ".json"));
        assertEquals("applied", later.get("status").asText());
        JsonNode list =
                House.json(house.get(House.nativeBase(House.PARENT) + "/Calls/" + call.sid() + "/Modifications.json"));
        assertEquals(sid, list.get("modifications").get(0).get("sid").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARING;APPLIED, 200, 0",
        "PREPARING, 202, 0",
        "FAILED, 422, 11200",
        "SUPERSEDED, 409, 29410",
        "CONFLICT, 409, 29409",
        "ENDED, 410, 21220"
    })
    void theAnswerSaysWhatBecameOfIt(String states, int status, int code) {
        // CONTRACT 2: 200 in effect, 202 not yet, 422 failed, 409 state forbids, 410 ended
        house.memory.outcome.set(
                List.of(states.split(";", -1)).stream().map(State::valueOf).toList());
        HttpResponse<String> answer = house.post(uri, "Mute=true", "Prefer", "wait=0");
        assertEquals(status, answer.statusCode(), answer.body());
        if (code != 0) {
            assertEquals(code, House.json(answer).get("code").asInt());
            assertEquals(status, House.json(answer).get("status").asInt());
        }
    }

    @Test
    void whatTheCallHasNotTakenYetIs202() {
        // RFC 7240 4.1: respond-async; the answer says where it is told later
        house.memory.outcome.set(List.of());
        HttpResponse<String> answer = house.post(uri, "Mute=true", "Prefer", "respond-async");
        assertEquals(202, answer.statusCode());
        assertEquals(
                "accepted", House.json(answer).get("modification").get("status").asText());
        assertTrue(answer.headers().firstValue("Location").orElse("").contains("/Modifications/MO"));
    }

    @Test
    void whatTheCallHasNotTakenYetIsListedWhileTheRequestWaits() {
        // CONTRACT 2: GET Calls/{CallSid}/Modifications; who looks there wants to know what a call is busy with
        house.memory.outcome.set(List.of());
        String list = House.nativeBase(House.PARENT) + "/Calls/" + call.sid() + "/Modifications.json";
        try (Wire request = Wire.to(house).post(uri, "Mute=true", "Prefer: wait=30\r\n")) {
            Deadline deadline = house.memory.world.time().after(Duration.ofSeconds(10));
            JsonNode listed = House.json(house.get(list)).get("modifications");
            while (listed.isEmpty() && !deadline.passed(house.memory.world.time())) {
                listed = House.json(house.get(list)).get("modifications");
            }
            assertEquals(1, listed.size());
            assertEquals("accepted", listed.get(0).get("status").asText());
            only().told()
                    .accept(new ModificationStatus(
                            only().sid(), State.APPLIED, 0, "", Map.of(), call, ControlState.NONE, Optional.empty()));
            assertEquals(200, request.answer().status());
        }
        assertEquals(
                "applied",
                House.json(house.get(list))
                        .get("modifications")
                        .get(0)
                        .get("status")
                        .asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Nothing=at&all=x | 29400",
                "MoveConnectedCallLeg=true | 29400",
                "Status=completed&Url=http://a.example/ | 29401",
                "Status=canceled&Rcml=<Response/> | 29401",
                "Url=http://a.example/&Rcml=<Response/> | 29401",
                "Rcml=<Response/>&Twiml=<Response/> | 29401",
                "Url=/relative | 21205",
                "Url=ftp://a.example/ | 21205",
                "Url=http:// | 21205",
                "Url=http://a.example/&FallbackUrl=file:///etc/passwd | 21205",
                "Url=http://a.example/&Method=DELETE | 20001",
                "Url=http://a.example/&Url=http://b.example/ | 20001",
                "Status=paused | 20001",
                "Status=Completed | 20001",
                "Mute=yes | 20001",
                "Mute=1 | 20001",
                "Mute=true&FallbackUrl=/relative | 21205",
                "Mute=true&FallbackMethod=DELETE | 20001",
                "Mute=true&Method=DELETE | 20001",
                "Rcml=<Response> | 12100",
                "Rcml=<Other/> | 12102"
            })
    void allParametersAreCheckedBeforeAnythingHappens(String form, int code) {
        // CONTRACT 2: rules; a refused modification never reaches the call
        HttpResponse<String> answer = house.post(uri, form);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(code, House.json(answer).get("code").asInt(), answer.body());
        assertEquals(0, house.memory.modifications.size());
    }

    @ParameterizedTest
    @CsvSource({
        "Method=GET, Method: needs Url or Rcml",
        "FallbackUrl=http://a.example/, FallbackUrl: needs Url or Rcml",
        "FallbackMethod=GET, FallbackMethod: needs Url or Rcml",
        "StatusCallbackMethod=GET, StatusCallbackMethod: needs StatusCallback",
        "ConnectedMethod=GET, ConnectedMethod: needs ConnectedUrl"
    })
    void howADocumentIsHadIsNothingToDoAloneAndHarmlessBesideAChange(String form, String why) {
        // CONTRACT 2: 400 for nothing to do says which parameter; docs/api/live-call-modification.md "When it takes
        // effect"
        HttpResponse<String> alone = house.post(uri, form);
        assertEquals(400, alone.statusCode(), alone.body());
        assertEquals(29400, House.json(alone).get("code").asInt(), alone.body());
        assertTrue(House.json(alone).get("message").asText().contains(why), alone.body());
        assertEquals(0, house.memory.modifications.size());
        assertEquals(200, house.post(uri, "Mute=true&" + form).statusCode());
        assertEquals(Optional.of(true), only().controls().muted());
        assertEquals(Optional.empty(), only().redirect());
    }

    @Test
    void anInvalidDocumentIsRefusedWithLineAndColumn() {
        // CONTRACT 2: Rcml is parsed at the edge
        JsonNode body = House.json(house.post(uri, House.form("Rcml", "<Response>\n  <Say>hello\n</Response>")));
        assertTrue(body.get("message").asText().contains("Rcml: line "), body.toString());
    }

    @Test
    void anEndedCallIs410AndForSdks400() {
        // CONTRACT 2: 410 with code 21220; 400 in the SDK dialect
        CallRecord ended = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        HttpResponse<String> gone =
                house.post(House.nativeBase(House.PARENT) + "/Calls/" + ended.sid(), "Status=completed");
        assertEquals(410, gone.statusCode());
        assertTrue(gone.body().contains("<Code>21220</Code>"), gone.body());
        HttpResponse<String> sdk =
                house.post(House.sdkBase(House.PARENT) + "/Calls/" + ended.sid() + ".json", "Status=completed");
        assertEquals(400, sdk.statusCode());
        assertEquals(21220, House.json(sdk).get("code").asInt());
        assertEquals(400, House.json(sdk).get("status").asInt());
    }

    @Test
    void anotherAccountsCallIsAsUnknownAsNone() {
        // reliability.md A8: the same 404 body for unknown and foreign
        CallRecord foreign = house.memory.call(House.STRANGER, CallStatus.IN_PROGRESS);
        String calls = House.nativeBase(House.PARENT) + "/Calls/";
        HttpResponse<String> other = house.post(calls + foreign.sid(), "Mute=true");
        HttpResponse<String> none = house.post(calls + "CA" + "f".repeat(32), "Mute=true");
        assertEquals(404, other.statusCode());
        assertEquals(none.body(), other.body());
        assertEquals(0, house.memory.modifications.size());
    }

    @Test
    void aRepeatedRequestWithAKeyHasOneEffect() {
        // CONTRACT 2: Idempotency-Key: one effect and the same answer; another body 422
        HttpResponse<String> first = house.post(uri, "Mute=true", "Idempotency-Key", "k1");
        HttpResponse<String> second = house.post(uri, "Mute=true", "Idempotency-Key", "k1");
        assertEquals(first.body(), second.body());
        assertEquals("true", second.headers().firstValue("Idempotent-Replayed").orElse(""));
        assertEquals(1, house.memory.modifications.size());
        assertEquals(422, house.post(uri, "Mute=false", "Idempotency-Key", "k1").statusCode());
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void aReplayedAnswerIsTheSameInBothFormatsAndDialects() {
        // CONTRACT 2: the same answer: status, headers that matter, body
        String xml = House.nativeBase(House.PARENT) + "/Calls/" + call.sid();
        String sdk = House.sdkBase(House.PARENT) + "/Calls/" + call.sid() + ".json";
        CallRecord ended = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        String gone = House.sdkBase(House.PARENT) + "/Calls/" + ended.sid() + ".json";
        house.memory.outcome.set(List.of(State.PREPARING));
        for (String target : List.of(uri, xml, sdk, gone)) {
            String[] headers = {"Idempotency-Key", target, "Prefer", "wait=0"};
            HttpResponse<String> first = house.post(target, "Mute=true", headers);
            HttpResponse<String> second = house.post(target, "Mute=true", headers);
            assertEquals(first.statusCode(), second.statusCode());
            assertEquals(first.body(), second.body());
            for (String name : List.of("Content-Type", "ETag", "Location", "Server-Timing")) {
                assertEquals(first.headers().firstValue(name), second.headers().firstValue(name), name);
            }
            assertEquals(
                    "true", second.headers().firstValue("Idempotent-Replayed").orElse(""));
        }
        assertEquals(3, house.memory.modifications.size());
    }

    @Test
    void whatHadNoEffectMayBeSentAgainWithItsKey() {
        // peers.md part 4 row 26: the same key after a failed call must not be refused
        assertEquals(
                400, house.post(uri, "Mute=perhaps", "Idempotency-Key", "k").statusCode());
        house.memory.refusing.set(true);
        assertEquals(503, house.post(uri, "Mute=true", "Idempotency-Key", "k").statusCode());
        house.memory.refusing.set(false);
        HttpResponse<String> done = house.post(uri, "Mute=true", "Idempotency-Key", "k");
        assertEquals(200, done.statusCode());
        assertTrue(done.headers().firstValue("Idempotent-Replayed").isEmpty());
    }

    @Test
    void aKeyWhoseRequestBrokeIsUnknown() {
        // peers.md part 6 row 8: 409 state-unknown, with a code of its own
        house.memory.faulty.set(true);
        assertEquals(500, house.post(uri, "Mute=true", "Idempotency-Key", "k").statusCode());
        house.memory.faulty.set(false);
        HttpResponse<String> again = house.post(uri, "Mute=true", "Idempotency-Key", "k");
        assertEquals(409, again.statusCode());
        assertEquals(29424, House.json(again).get("code").asInt());
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void aCallSaysItsRevision() {
        // RFC 9110 8.8.3: ETag, on GET and POST of a call
        for (HttpResponse<String> answer : List.of(house.get(uri), house.post(uri, "Mute=true"))) {
            assertEquals("\"1\"", answer.headers().firstValue("ETag").orElse(""));
            assertEquals(1, House.json(answer).get("revision").asInt());
        }
    }

    @Test
    void theRevisionThatIsExpectedReachesTheCall() {
        // RFC 9110 13.1.1
        house.post(uri, "Mute=true", "If-Match", "\"7\"");
        assertEquals(OptionalLong.of(7), only().expectedRevision());
        assertEquals(400, house.post(uri, "Mute=true", "If-Match", "7").statusCode());
    }

    @Test
    void whoExpectsAnotherRevisionIsShownTheCallAsItIs() {
        // Issue 3, 4: 412 with the current state
        house.memory.outcome.set(List.of(State.PRECONDITION));
        HttpResponse<String> answer = house.post(uri, "Mute=true", "If-Match", "\"7\"");
        assertEquals(412, answer.statusCode(), answer.body());
        assertEquals("\"1\"", answer.headers().firstValue("ETag").orElse(""));
        JsonNode body = House.json(answer);
        assertEquals(29412, body.get("code").asInt());
        assertEquals(call.sid().text(), body.get("call").get("sid").asText());
        assertEquals(1, body.get("call").get("revision").asInt());
    }

    @Test
    void severalChangesTakeNoIfMatch() {
        // A precondition that is passed over in silence is worse than none.
        HttpResponse<String> answer = house.post(
                House.nativeBase(House.PARENT) + "/Modifications.json",
                House.form("Changes", "[{\"CallSid\":\"" + call.sid() + "\",\"Mute\":true}]"),
                "If-Match",
                "\"1\"");
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(0, house.memory.modifications.size());
    }
}
