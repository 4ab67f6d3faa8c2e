package teleapi.flows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import teleapi.call.Accepted;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;

/**
 * Counts what every accepted modification was told: exactly one last status.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  reference/reliability.md 5.1: I3
 * </pre>
 */
final class Outcomes {
    private final Set<Sid> asked = new LinkedHashSet<>();
    private final Set<Sid> open = new LinkedHashSet<>();
    private final Map<Sid, List<ModificationStatus.State>> last = new LinkedHashMap<>();

    void asked(Sid modification) {
        asked.add(modification);
        open.add(modification);
    }

    void accepted(Sid modification, Accepted accepted) {
        if (accepted != Accepted.YES) {
            asked.remove(modification);
            open.remove(modification);
        }
    }

    void told(ModificationStatus status) {
        if (status.state().last()) {
            open.remove(status.sid());
            last.computeIfAbsent(status.sid(), first -> new ArrayList<>()).add(status.state());
        }
    }

    /** Those that have no last status yet. */
    Set<Sid> open() {
        return open;
    }

    Map<String, Integer> seen() {
        var seen = new TreeMap<String, Integer>();
        last.values().forEach(states -> states.forEach(state -> seen.merge(state.name(), 1, Integer::sum)));
        return seen;
    }

    List<String> violations() {
        return asked.stream()
                .filter(sid -> last.getOrDefault(sid, List.of()).size() != 1)
                .map(sid -> "I3: modification " + sid + " had the outcomes " + last.getOrDefault(sid, List.of()))
                .toList();
    }
}
