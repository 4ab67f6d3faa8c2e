package teleapi.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.sip.Credentials;

class TrunkTest {
    @Test
    void credentialsStandInTheUri() {
        // CONTRACT section 1 --trunk SIP-URI; digest to the trunk.
        Trunk trunk = Trunk.parse("sip:house:s%40cret+@carrier.example:5070;transport=tcp")
                .orElseThrow();
        assertEquals(Optional.of(new Credentials("house", "s@cret+")), trunk.credentials());
        assertEquals(
                "sip:+15550100@carrier.example:5070;transport=tcp",
                trunk.number("+15550100").toString());
        assertFalse(trunk.toString().contains("cret"), "no secret in a log");
    }

    @Test
    void aTrunkMayTakeCallsWithoutCredentials() {
        // CONTRACT section 1.
        assertEquals(
                Optional.empty(),
                Trunk.parse("sip:127.0.0.1:5070").orElseThrow().credentials());
        assertTrue(Trunk.parse("tel:+1555").isEmpty());
        assertTrue(Trunk.parse("nonsense").isEmpty());
    }
}
