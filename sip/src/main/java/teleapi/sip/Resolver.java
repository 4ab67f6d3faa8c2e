package teleapi.sip;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import teleapi.runtime.World;

/** Looks up names beside a SIP worker: the worker never waits for DNS. */
final class Resolver {
    // Owned by one SIP worker.
    /** Names being looked up at once: a server that does not answer must not gather threads without end. */
    private static final int MOST = 1_000;

    private final World world;
    private final Consumer<WorkerMessage> worker;
    private final Map<String, List<Consumer<List<InetAddress>>>> waiting = new HashMap<>();

    Resolver(World world, Consumer<WorkerMessage> worker) {
        this.world = world;
        this.worker = worker;
    }

    /** {@code then} gets the addresses later, on the worker; none when the name has none. */
    void resolve(String host, Consumer<List<InetAddress>> then) {
        List<Consumer<List<InetAddress>>> others = waiting.get(host);
        if (others != null) {
            others.add(then);
            return;
        }
        List<Consumer<List<InetAddress>>> first = new ArrayList<>(1);
        first.add(then);
        waiting.put(host, first);
        if (waiting.size() > MOST) {
            worker.accept(new WorkerMessage.Resolved(host, List.of()));
            return;
        }
        world.start(
                "resolve " + host,
                () -> worker.accept(
                        new WorkerMessage.Resolved(host, world.network().resolve(host))));
    }

    void resolved(WorkerMessage.Resolved answer) {
        List<Consumer<List<InetAddress>>> those = waiting.remove(answer.host());
        if (those != null) {
            those.forEach(then -> then.accept(answer.addresses()));
        }
    }
}
