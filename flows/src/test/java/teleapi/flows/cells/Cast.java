package teleapi.flows.cells;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is who when the request comes.
 *
 * @param target whose call is modified
 * @param parent the other leg, when the target was dialled by it
 * @param child the other leg, when the target has dialled it
 * @param ringing who rings besides the target, or because of it
 * @param before what everyone hears
 */
record Cast(
        Player target,
        Optional<Player> parent,
        Optional<Player> child,
        List<Player> ringing,
        Map<Player, Heard> before) {
    static Cast alone(Player target, Heard heard) {
        return new Cast(target, Optional.empty(), Optional.empty(), List.of(), Map.of(target, heard));
    }

    static Cast parent(Player target, Player child) {
        return new Cast(target, Optional.empty(), Optional.of(child), List.of(), talking(target, child));
    }

    static Cast child(Player target, Player parent) {
        return new Cast(target, Optional.of(parent), Optional.empty(), List.of(), talking(target, parent));
    }

    static Cast ringing(Player target, Optional<Player> parent, Player... ringing) {
        return new Cast(target, parent, Optional.empty(), List.of(ringing), Map.of());
    }

    private static Map<Player, Heard> talking(Player one, Player other) {
        return Map.of(one, Heard.of(other), other, Heard.of(one));
    }

    /** The leg that is connected to the target. */
    Optional<Player> other() {
        return parent.or(() -> child);
    }

    Heard before(Player player) {
        return before.getOrDefault(player, Heard.NOTHING);
    }
}
