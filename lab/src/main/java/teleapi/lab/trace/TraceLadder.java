package teleapi.lab.trace;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import teleapi.lab.Rungs;

/**
 * Draws the events of connected calls: the far end of each has a lifeline, then teleapi, the application, and whoever uses the API.
 *
 * <pre>
 * Shape   as wide as the calls need: 94 columns and 16 for each call; script steps only when asked for
 * Thread  one
 * </pre>
 */
final class TraceLadder {
    private static final int FIRST = 16;
    private static final int APART = 18;
    private static final int ASIDE = 46;
    private static final int REST = 24;

    private final PrintStream out;
    private final Rungs rungs;
    private final List<TracedCall> calls;
    private final boolean all;
    private final Instant began;
    private final Map<String, String> states = new HashMap<>();

    TraceLadder(PrintStream out, boolean colour, List<TracedCall> calls, boolean all, Instant began) {
        this.out = out;
        this.calls = List.copyOf(calls);
        this.all = all;
        this.began = began;
        var lifelines = new ArrayList<Rungs.Lifeline>();
        for (TracedCall call : calls) {
            lifelines.add(new Rungs.Lifeline(fitting(call.farEnd()), column(call)));
        }
        lifelines.add(new Rungs.Lifeline("teleapi", teleapi()));
        lifelines.add(new Rungs.Lifeline("application", application()));
        lifelines.add(new Rungs.Lifeline("api", api()));
        this.rungs = new Rungs(out, colour, api() + 2, lifelines);
    }

    /** Who is who. */
    void begin() {
        for (TracedCall call : calls) {
            out.println(rungs.paint(Rungs.BOLD, call.brief()) + "  " + call.sid() + "  " + call.direction() + "  "
                    + call.from() + " → " + call.to() + "  " + call.status()
                    + (call.parent().isEmpty()
                            ? ""
                            : "  dialled by CA…" + call.parent().substring(30)));
        }
        out.println();
        rungs.heads();
    }

    void draw(TracedEvent event) {
        switch (event.kind()) {
            case "sip" -> arrow(event, Rungs.SIP, column(event.call()), sip(event));
            case "http" -> arrow(event, Rungs.HTTP, application(), http(event));
            case "modification" -> {
                if (event.peer().equals("api")) {
                    arrow(event, Rungs.CHANGE, api(), modification(event));
                } else if (all) {
                    note(event, Rungs.CHANGE, event.what());
                }
            }
            case "state" -> {
                // A record changes also with mutes and conferences, which have lines of their own.
                if (!event.what().equals(states.put(event.call().sid(), event.what()))) {
                    note(event, Rungs.BOLD, "is " + event.what());
                }
            }
            case "media" -> {
                boolean call = event.peer().length() == 34;
                String peer = call
                        ? " " + event.peer().substring(0, 2) + "…"
                                + event.peer().substring(30)
                        : "";
                note(event, Rungs.SOUND, "♪ " + event.what() + peer);
            }
            default -> {
                if (all) {
                    note(event, "0", event.what());
                }
            }
        }
    }

    private void arrow(TracedEvent event, String color, int other, String label) {
        boolean in = event.direction().equals("in");
        rungs.arrow(at(event), color, in ? other : teleapi(), in ? teleapi() : other, label);
    }

    private void note(TracedEvent event, String color, String text) {
        rungs.note(at(event), color, teleapi(), (calls.size() > 1 ? event.call().brief() + " " : "") + text);
    }

    private static String sip(TracedEvent event) {
        String reason = event.detail("Reason");
        return event.what() + (event.what().equals("200") && !reason.isEmpty() ? " " + reason : "");
    }

    private String http(TracedEvent event) {
        String path = event.detail("Url").replaceFirst("^https?://[^/]*", "");
        String who = calls.size() > 1 ? event.call().brief() + " " : "";
        return event.direction().equals("out")
                ? (event.what() + " " + path + " " + who + event.detail("CallStatus")).strip()
                : event.what() + " " + path + " " + event.detail("Milliseconds") + " ms";
    }

    private static String modification(TracedEvent event) {
        var label = new StringBuilder(event.what());
        event.details().forEach((name, value) -> {
            if (!name.equals("ModificationSid")) {
                label.append(' ').append(name).append('=').append(value.replaceFirst("^https?://[^/]*", ""));
            }
        });
        String sid = event.detail("ModificationSid");
        return label + (sid.length() == 34 ? " MO…" + sid.substring(30) : "");
    }

    private String at(TracedEvent event) {
        return String.format(
                Locale.ROOT, "%7.3f", Duration.between(began, event.time()).toMillis() / 1e3);
    }

    private static String fitting(String name) {
        String plain = name.startsWith("client:") ? name.substring(7) : name;
        return plain.length() < APART ? plain : plain.substring(0, APART - 2) + "…";
    }

    private int column(TracedCall call) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).sid().equals(call.sid())) {
                return FIRST + i * APART;
            }
        }
        throw new IllegalStateException("no lifeline for " + call.sid());
    }

    private int teleapi() {
        return FIRST + calls.size() * APART;
    }

    private int application() {
        return teleapi() + ASIDE;
    }

    private int api() {
        return application() + REST;
    }
}
