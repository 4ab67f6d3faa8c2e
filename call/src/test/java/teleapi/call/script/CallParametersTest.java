package teleapi.call.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Direction;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.Webhooks;
import teleapi.runtime.simulated.SimulatedWorld;

class CallParametersTest {
    private final SimulatedWorld world = new SimulatedWorld(1);

    @Test
    void everyRequestTellsWhenTheCallBegan() {
        // reference/restcomm.md 5.4 CallTimestamp; docs/api/callbacks.md: as Timestamp is written
        CallRecord call = call();
        String began = Webhooks.date(world.time().now());
        world.runFor(Duration.ofSeconds(90));
        for (Map<String, String> parameters : List.of(
                CallParameters.voice(call, "ringing", Map.of()),
                CallParameters.progress(call, "completed", Map.of(), 0))) {
            assertEquals(began, parameters.get("CallTimestamp"));
        }
    }

    @Test
    void whatCannotBeTrueIsNotSent() {
        // docs/api/callbacks.md: parameters of the family that have no meaning here
        Map<String, String> parameters = CallParameters.progress(call(), "completed", Map.of(), 0);
        for (String name : List.of("InstanceId", "PublicRecordingUrl", "OutboundCallSid", "CallToken", "FromCity")) {
            assertFalse(parameters.containsKey(name), name);
        }
    }

    private CallRecord call() {
        return CallRecord.first(
                world,
                Sid.fresh(Sid.ACCOUNT, world),
                Optional.empty(),
                Optional.empty(),
                "+15551",
                "+15552",
                Direction.INBOUND,
                Optional.empty(),
                Optional.empty());
    }
}
