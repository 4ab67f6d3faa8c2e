package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.Controls.Streaming;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Stream;

/** Streams of a live call by REST, over real HTTP; what they do is flows' MediaStreamsTest. */
final class StreamsByRestTest {
    private final House house = new House();
    private final Sid call =
            house.memory.call(House.PARENT, CallStatus.IN_PROGRESS).sid();
    private final String uri = House.nativeBase(House.PARENT) + "/Calls/" + call + "/Streams";

    @AfterEach
    void close() {
        house.close();
    }

    private Streaming asked() {
        return List.copyOf(house.memory.modifications)
                .getLast()
                .controls()
                .streaming()
                .orElseThrow();
    }

    @Test
    void oneIsBegunAsItIsAskedForAndStoppedByNameOrSid() {
        // peers.md 2.5 Calls/{}/Streams
        HttpResponse<String> begun = house.post(
                uri + ".json",
                "Url=wss%3A%2F%2Fbot.example%2Faudio%3Fa%3Db&Name=my-ear&Track=both_tracks&StatusCallback=http://app/told"
                    + "&StatusCallbackMethod=GET&Parameter1.Name=who&Parameter1.Value=me&Parameter2.Name=empty");
        assertEquals(201, begun.statusCode(), begun.body());
        JsonNode one = House.json(begun);
        Stream stream = ((Streaming.Start) asked()).terms().stream();
        assertEquals("wss://bot.example/audio?a=b", stream.url());
        assertEquals(Stream.Track.BOTH, stream.track());
        assertEquals(HttpMethod.GET, stream.statusCallbackMethod());
        assertEquals(Map.of("who", "me", "empty", ""), stream.parameters());
        assertEquals(
                ((Streaming.Start) asked()).terms().sid().text(), one.get("sid").asText());
        assertEquals("in-progress", one.get("status").asText());
        assertEquals("my-ear", one.get("name").asText());
        assertEquals(call.text(), one.get("call_sid").asText());
        assertTrue(one.get("uri").asText().endsWith("/Streams/" + one.get("sid").asText() + ".json"));
        for (String name : List.of("my-ear", one.get("sid").asText())) {
            HttpResponse<String> stopped = house.post(uri + "/" + name + ".json", "Status=stopped");
            assertEquals(200, stopped.statusCode(), stopped.body());
            assertEquals("stopped", House.json(stopped).get("status").asText());
            assertEquals(new Streaming.Stop(one.get("sid").asText()), asked());
        }
        assertEquals(404, house.post(uri + "/other.json", "Status=stopped").statusCode());
        assertEquals(400, house.post(uri + "/my-ear.json", "Status=paused").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "'', Url",
        "Url=http://bot/, Url",
        "Url=ws:bot, Url",
        "Url=ws://bot/&Track=none, Track",
        "Url=ws://bot/&StatusCallback=ws://bot/, StatusCallback",
        "Url=ws://bot/&Parameter1.Value=x, Parameter1.Name"
    })
    void whatCannotBeIsRefusedByName(String form, String parameter) {
        // CONTRACT section 2: 400 says which parameter
        HttpResponse<String> refused = house.post(uri + ".json", form);
        assertEquals(400, refused.statusCode());
        assertTrue(House.json(refused).get("message").asText().startsWith(parameter + ": "), refused.body());
        assertTrue(house.memory.modifications.isEmpty());
    }

    @Test
    void anEndedOrForeignCallHasNone() {
        // CONTRACT section 2: 404, 410
        Sid ended = house.memory.call(House.PARENT, CallStatus.COMPLETED).sid();
        String other = House.nativeBase(House.PARENT) + "/Calls/" + ended + "/Streams";
        assertEquals(410, house.post(other + ".json", "Url=ws://bot/").statusCode());
        assertEquals(410, house.post(other + "/ear.json", "Status=stopped").statusCode());
        String unknown = House.nativeBase(House.PARENT) + "/Calls/CA" + "0".repeat(32) + "/Streams";
        assertEquals(404, house.post(unknown + ".json", "Url=ws://bot/").statusCode());
    }

    @Test
    void whatTheCallForbidsIsSaid() {
        // docs/api/streams.md: four at most, with different names
        house.memory.outcome.set(List.of(ModificationStatus.State.CONFLICT));
        assertEquals(409, house.post(uri + ".json", "Url=ws://bot/").statusCode());
    }
}
