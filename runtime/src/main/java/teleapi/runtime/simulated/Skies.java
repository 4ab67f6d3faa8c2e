package teleapi.runtime.simulated;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;

/** Owned by whoever holds the baton. Which weather holds for what: the latest rule for a datagram, else the one between two hosts, else the general one. */
final class Skies {
    private record Rule(Predicate<Datagram> which, Weather weather, boolean once) {}

    private record Hosts(InetAddress from, InetAddress to) {}

    private final ArrayDeque<Rule> rules = new ArrayDeque<>();
    private final Map<Hosts, Weather> between = new HashMap<>();
    private Weather general = Weather.FAIR;

    void general(Weather weather) {
        general = weather;
    }

    void between(InetAddress from, InetAddress to, Weather weather) {
        between.put(new Hosts(from, to), weather);
    }

    void rule(Predicate<Datagram> which, Weather weather, boolean once) {
        rules.addFirst(new Rule(which, weather, once));
    }

    void clearUp() {
        rules.clear();
        between.clear();
        general = Weather.FAIR;
    }

    Weather over(Datagram datagram) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            if (rule.which().test(datagram)) {
                if (rule.once()) {
                    all.remove();
                }
                return rule.weather();
            }
        }
        return between(datagram.from().getAddress(), datagram.to().getAddress());
    }

    Weather between(InetAddress from, InetAddress to) {
        return between.isEmpty() ? general : between.getOrDefault(new Hosts(from, to), general);
    }
}
