package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.records.CallQuality;
import teleapi.media.Quality;

/** How well a call sounds, or sounded, over real HTTP. */
final class QualityTest {
    private static final Quality GOOD = new Quality(
            "PCMU",
            100,
            95,
            5,
            1,
            0,
            7,
            1.25,
            8,
            OptionalDouble.of(42),
            OptionalDouble.of(60),
            Optional.of(new Quality.FarEnd(0.5, 3, 4)));

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private JsonNode quality(Sid call) {
        return House.json(house.get(House.sdkBase(House.PARENT) + "/Calls/" + call + "/Quality.json"));
    }

    @Test
    void aLiveCallSaysHowItGoesAndOneThatHasEndedHowItWent() {
        // ADR-0023
        Sid live = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS).sid();
        house.memory.liveQuality = GOOD;
        JsonNode now = quality(live);
        assertEquals(live.text(), now.get("call_sid").asText());
        assertTrue(now.get("final").isBoolean() && !now.get("final").asBoolean());
        assertEquals(95, now.get("packets_received").asInt());
        assertEquals(7, now.get("packets_excess").asInt());
        assertEquals("0.0500", now.get("loss").asText());
        assertEquals("1.3", now.get("jitter").asText());
        assertEquals("42.0", now.get("round_trip").asText());
        assertEquals("0.5000", now.get("far_loss").asText());
        double mos = Double.parseDouble(now.get("mos").asText());
        double farMos = Double.parseDouble(now.get("far_mos").asText());
        assertTrue(mos > 3.5 && mos < 4.2 && farMos < 2, now::toString);

        Sid ended = house.memory.call(House.PARENT, CallStatus.COMPLETED).sid();
        house.memory.write(new CallQuality(ended, House.PARENT, Instant.EPOCH, GOOD));
        JsonNode then = quality(ended);
        assertTrue(then.get("final").asBoolean());
        assertEquals("PCMU", then.get("codec").asText());
        String xml = house.get(House.nativeBase(House.PARENT) + "/Calls/" + ended + "/Quality")
                .body();
        assertTrue(xml.contains("<PacketsLost>5</PacketsLost>"), xml);
    }

    @Test
    void whatNobodyKnowsIsNull() {
        // A call that never had sound, and one whose far end never reported.
        Sid silent = house.memory.call(House.PARENT, CallStatus.BUSY).sid();
        JsonNode quality = quality(silent);
        for (String key : new String[] {"codec", "mos", "round_trip", "far_loss", "far_jitter", "far_mos"}) {
            assertTrue(quality.get(key).isNull(), key);
        }
        assertEquals(0, quality.get("packets_sent").asInt());
    }

    @Test
    void anotherAccountsCallAndOneThatNeverWasAreUnknown() {
        // CONTRACT 2: 404 for both, the same
        Sid other = house.memory.call(House.STRANGER, CallStatus.COMPLETED).sid();
        for (Sid sid : new Sid[] {other, new Sid("CA" + "0".repeat(32))}) {
            assertEquals(
                    404,
                    house.get(House.sdkBase(House.PARENT) + "/Calls/" + sid + "/Quality.json")
                            .statusCode());
        }
    }
}
