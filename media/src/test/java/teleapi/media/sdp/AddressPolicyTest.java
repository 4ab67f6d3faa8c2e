package teleapi.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AddressPolicyTest {
    private static final AddressPolicy ABROAD = AddressPolicy.of("198.51.100.1");
    private static final AddressPolicy AT_HOME = AddressPolicy.of("127.0.0.1");

    @Test
    void soundGoesOnlyToOneHostThatCanBe() {
        // Threat M7: no multicast, broadcast, metadata or unspecified address.
        for (String host : new String[] {
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "240.0.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "ff02::1",
            "::",
            "127.0.0.1",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:224.0.0.1"
        }) {
            assertTrue(refused(ABROAD, host, 4000), host);
        }
        for (String host : new String[] {"192.0.2.1", "10.0.0.1", "203.0.113.255", "2001:db8::1", "::ffff:192.0.2.1"}) {
            assertFalse(refused(ABROAD, host, 4000), host);
        }
    }

    @Test
    void loopbackIsForThoseWhoStandThereThemselves() {
        // AddressPolicy's contract: the demo and the lab run on one machine.
        assertFalse(refused(AT_HOME, "127.0.0.1", 4000));
        assertTrue(refused(AT_HOME, "224.0.0.1", 4000));
    }

    @Test
    void portZeroIsNoPort() {
        // RFC 8866 §5.14; and a sum of ports may leave the range.
        assertTrue(refused(ABROAD, "192.0.2.1", 0));
        assertTrue(refused(ABROAD, "192.0.2.1", 65_536));
    }

    @Test
    void onlyPlainLiteralsAreAddresses() {
        // No resolver is asked for a stranger, and no reading of an address but one.
        for (String host : new String[] {
            "",
            "example.com",
            "127.1",
            "0x7f000001",
            "2130706433",
            "010.0.0.1",
            "1.2.3.4.5",
            "1.2.3",
            "1.2.3.",
            "1.2.3.256",
            " 1.2.3.4",
            "1.2.3.4 ",
            "fe80::1%eth0",
            "[::1]",
            ":::",
            "1:2:3:4:5:6:7:8:9",
            "\uff11.2.3.4"
        }) {
            assertEquals(Optional.empty(), AddressPolicy.literal(host), host);
        }
        assertEquals(
                "192.0.2.10", AddressPolicy.literal("192.0.2.10").orElseThrow().getHostAddress());
    }

    private static boolean refused(AddressPolicy policy, String host, int port) {
        return policy.refusal(AddressPolicy.literal(host).orElseThrow(), port).isPresent();
    }
}
