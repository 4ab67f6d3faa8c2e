package teleapi.lab.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.PhoneEvent;

/** What it was all about, after the last line of the ladder: who heard whom from when, and how fast the changes were. Thread: main's. */
final class Summary {
    private static final int MARGIN = 18;
    private static final int WIDTH = 118;

    private final PrintStream out;
    private final Ladder ladder;

    Summary(PrintStream out, Ladder ladder) {
        this.out = out;
        this.ladder = ladder;
    }

    void print(List<Seen> seen, List<Latency> latencies) {
        out.println("\nWhat each phone heard, and from which second on");
        for (Party party : Party.values()) {
            heard(party, seen);
        }
        out.println("\n"
                + "How long a change took until the first packet with the new sound (from the POST, or from the"
                + " answer)");
        Map<String, List<String>> changes = new LinkedHashMap<>();
        latencies.forEach(one -> changes.computeIfAbsent(one.change(), change -> new ArrayList<>())
                .add(one.at() + " " + one.millis()));
        changes.forEach((change, times) -> out.println("  %-28s %s".formatted(change, String.join(", ", times))));
    }

    private void heard(Party party, List<Seen> seen) {
        StringBuilder line = new StringBuilder("  %-7s %4d Hz ".formatted(party, party.tone()));
        int from = 0;
        for (Seen one : seen) {
            if (one instanceof Seen.Noticed(Party phone, PhoneEvent event, long nanos) && phone == party) {
                String change = change(event, nanos);
                if (line.length() - from + change.length() > WIDTH) {
                    line.append("\n").append(" ".repeat(MARGIN));
                    from = line.length() - MARGIN;
                }
                line.append(change);
            }
        }
        out.println(line);
    }

    private String change(PhoneEvent event, long nanos) {
        return switch (event) {
            case PhoneEvent.Hears(Hearing hearing) ->
                "  " + ladder.at(hearing.since()).strip() + " " + Party.heard(hearing);
            case PhoneEvent.Ended ended -> "  " + ladder.at(nanos).strip() + " BYE";
            default -> "";
        };
    }
}
