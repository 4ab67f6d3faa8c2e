package teleapi.lab.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import teleapi.lab.Rungs;
import teleapi.lab.SipWords;
import teleapi.lab.phone.PhoneEvent;

/**
 * Draws what is seen as a ladder, line by line: time runs down, each player has a column, an arrow is a message, a note is a sound.
 *
 * <pre>
 * Shape   120 columns; colours only when asked for
 * Thread  main's
 * </pre>
 */
final class Ladder {
    private static final int WIDTH = 119;
    private static final int FIRST = 11;
    private static final int APART = 11;
    private static final int TELEAPI = FIRST + 5 * APART + 2;
    private static final int APPLICATION = 113;

    private final PrintStream out;
    private final Rungs rungs;
    private final long began;

    Ladder(PrintStream out, boolean colour, long began) {
        this.out = out;
        this.rungs = new Rungs(out, colour, WIDTH, lifelines());
        this.began = began;
    }

    private static List<Rungs.Lifeline> lifelines() {
        var lifelines = new ArrayList<Rungs.Lifeline>();
        for (Party party : Party.values()) {
            lifelines.add(new Rungs.Lifeline(party.toString(), column(party)));
        }
        lifelines.add(new Rungs.Lifeline("teleapi", TELEAPI));
        lifelines.add(new Rungs.Lifeline("application", APPLICATION));
        return lifelines;
    }

    /** Seconds since the beginning. */
    String at(long nanos) {
        return String.format(Locale.ROOT, "%7.3f", (nanos - began) / 1e9);
    }

    /** A step begins. */
    void step(String title) {
        out.println();
        out.println(rungs.paint(Rungs.BOLD, title));
        rungs.heads();
    }

    /** What has been found out. */
    void say(String text) {
        out.println("         " + rungs.paint(Rungs.BOLD, "✓ " + text));
    }

    void draw(Seen seen) {
        switch (seen) {
            case Seen.Sip sip -> {
                int phone = column(sip.phone());
                String label = SipWords.brief(sip.message());
                arrow(Rungs.SIP, seen.nanos(), sip.sent() ? phone : TELEAPI, sip.sent() ? TELEAPI : phone, label);
            }
            case Seen.Noticed(Party phone, PhoneEvent.Hears hears, long nanos) ->
                note(hears.hearing().since(), column(phone), "♪ " + Party.heard(hears.hearing()));
            // Everything else that a phone notices was in a SIP message.
            case Seen.Noticed noticed -> {}
            case Seen.Asked asked -> {
                arrow(Rungs.HTTP, seen.nanos(), TELEAPI, APPLICATION, "POST " + asked.path() + " " + about(asked));
                arrow(Rungs.HTTP, seen.nanos(), APPLICATION, TELEAPI, ("200 " + plain(asked.answer())).strip());
            }
            case Seen.Requested requested -> arrow(Rungs.HTTP, seen.nanos(), APPLICATION, TELEAPI, requested.request());
            case Seen.Replied replied -> arrow(Rungs.HTTP, seen.nanos(), TELEAPI, APPLICATION, outcome(replied));
        }
    }

    /** The status; of a modification also what has become of it. */
    private static String outcome(Seen.Replied replied) {
        if (replied.status() == 0) {
            return replied.body();
        }
        return replied.status() + (replied.body().contains("\"applied\"") ? " applied" : "");
    }

    private static String about(Seen.Asked asked) {
        return brief(asked.parameters().getOrDefault("CallSid", ""))
                + (asked.path().equals("/status") ? " " + asked.parameters().getOrDefault("CallStatus", "") : "");
    }

    /** A document without what would not fit. */
    private static String plain(String document) {
        return document.replaceAll(" \\w+=\"[^\"]*\"", "").replaceAll("</?Response>", "");
    }

    /** {@code CA0123…cdef}: the end of a Sid tells it from others. */
    static String brief(String text) {
        return text.length() == 34 && text.startsWith("CA") ? "CA…" + text.substring(30) : text;
    }

    private void arrow(String color, long nanos, int from, int to, String label) {
        rungs.arrow(at(nanos), color, from, to, label);
    }

    private void note(long nanos, int column, String text) {
        rungs.note(at(nanos), Rungs.SOUND, column, text);
    }

    private static int column(Party party) {
        return FIRST + List.of(Party.values()).indexOf(party) * APART;
    }
}
