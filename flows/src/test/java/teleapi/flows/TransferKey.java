package teleapi.flows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.sip.SipUri;
import teleapi.sip.message.Replaces;

/**
 * Phones of an exploration that press their transfer keys now and then, and name somebody, or a call of whomever.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  ADR-0018
 * </pre>
 */
final class TransferKey {
    private static final List<String> TARGETS = List.of("bob", "alice", "+15550001");

    private final House house;
    private final Random chance;
    private int transferred;

    TransferKey(House house, Random chance) {
        this.house = house;
        this.chance = chance;
    }

    /** Whether it has pressed it. */
    boolean press(Phone phone) {
        if (chance.nextInt(4) > 0) {
            return false;
        }
        var server = house.switchboard.sip().address();
        List<Phone> all = List.copyOf(house.phones.values());
        Optional<Replaces> other =
                chance.nextBoolean() ? all.get(chance.nextInt(all.size())).replaces() : Optional.empty();
        phone.refer(new SipUri(
                "sip",
                Optional.of(TARGETS.get(chance.nextInt(TARGETS.size()))),
                server.getHostString(),
                OptionalInt.of(server.getPort()),
                Map.of(),
                other.map(dialog -> Map.of("Replaces", dialog.toString())).orElse(Map.of())));
        return true;
    }

    void told(PhoneEvent event) {
        if (event instanceof PhoneEvent.Notified(int status) && status == 200) {
            transferred++;
        }
    }

    int transferred() {
        return transferred;
    }
}
