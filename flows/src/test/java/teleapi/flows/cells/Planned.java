package teleapi.flows.cells;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import teleapi.lab.phone.PhoneEvent;

/**
 * What a dry run has said of a request, against what came of it.
 *
 * <pre>
 * Thread  the scene's
 * Source  issue 3, 8: legs affected, what ends, which requests would go out
 * </pre>
 */
final class Planned {
    private final Scene scene;
    private final Cell cell;
    private final Player target;
    private final Map<String, List<String>> plan;
    private final int mark;

    private Planned(Cell cell, Scene scene, Player target, Map<String, List<String>> plan) {
        this.cell = cell;
        this.scene = scene;
        this.target = target;
        this.plan = plan;
        this.mark = scene.mark();
    }

    /** Empty of a cell in which nothing comes to its end. */
    static Optional<Planned> of(Cell cell, Scene scene, Player target) {
        State state = cell.situation().state();
        Request request = cell.request();
        boolean running = state == State.IN_PROGRESS || state == State.PARENT_RINGS;
        boolean ends = request.redirects() || request == Request.COMPLETED || request == Request.CONNECT_TO;
        return running && ends && !cell.unchanged()
                ? Optional.of(
                        new Planned(cell, scene, target, scene.stage.plan(scene.sid(target), request.form(scene))))
                : Optional.empty();
    }

    void cameTrue() {
        // What is asked for if that fails is no part of it.
        Set<String> requested = seen(Seen.Asked.class)
                .map(Seen.Asked::path)
                .filter(path -> !path.contains(".") && !path.equals("/status") && !path.equals("/fallback"))
                .map(path -> "POST " + scene.stage.url(path))
                .collect(Collectors.toCollection(TreeSet::new));
        scene.same("requests planned: " + plan + ", sent", new TreeSet<>(part("requests")), requested);
        Set<String> ended = seen(Seen.Noticed.class)
                .filter(noticed ->
                        noticed.event() instanceof PhoneEvent.Ended || noticed.event() instanceof PhoneEvent.Canceled)
                .map(noticed -> scene.sid(noticed.player()))
                // Its own document decides about that one.
                .filter(sid -> part("remarks").stream().noneMatch(remark -> remark.startsWith(sid + " goes on")))
                .collect(Collectors.toCollection(TreeSet::new));
        scene.same(
                "calls planned to end: " + plan + ", ended",
                part("ends").stream()
                        .filter(end -> end.startsWith("call "))
                        .map(end -> end.substring("call ".length()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                ended);
        Set<String> changed = new TreeSet<>(ended);
        changed.add(scene.sid(target));
        if (cell.request() == Request.CONNECT_TO) {
            changed.add(scene.sid(Player.CAROL));
        }
        changed.removeAll(part("legs"));
        scene.same("calls changed and not in the plan " + plan, Set.of(), changed);
    }

    private Collection<String> part(String name) {
        return plan.getOrDefault(name, List.of());
    }

    private <S extends Seen> java.util.stream.Stream<S> seen(Class<S> kind) {
        List<Seen> all = scene.stage.seen();
        return all.subList(mark, all.size()).stream().filter(kind::isInstance).map(kind::cast);
    }
}
