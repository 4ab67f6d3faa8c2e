package teleapi.lab.demo;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    private static final String SIP = "36";
    private static final String HTTP = "32";
    private static final String SOUND = "33";
    private static final String BOLD = "1";

    private final PrintStream out;
    private final boolean colour;
    private final long began;

    Ladder(PrintStream out, boolean colour, long began) {
        this.out = out;
        this.colour = colour;
        this.began = began;
    }

    /** Seconds since the beginning. */
    String at(long nanos) {
        return String.format(Locale.ROOT, "%7.3f", (nanos - began) / 1e9);
    }

    /** A step begins. */
    void step(String title) {
        out.println();
        out.println(paint(BOLD, title));
        char[] head = " ".repeat(WIDTH).toCharArray();
        for (Party party : Party.values()) {
            center(head, party.toString(), column(party));
        }
        center(head, "teleapi", TELEAPI);
        center(head, "application", APPLICATION);
        out.println(new String(head).stripTrailing());
    }

    /** What has been found out. */
    void say(String text) {
        out.println("         " + paint(BOLD, "✓ " + text));
    }

    void draw(Seen seen) {
        switch (seen) {
            case Seen.Sip sip -> {
                int phone = column(sip.phone());
                String label = SipWords.brief(sip.message());
                arrow(SIP, seen.nanos(), sip.sent() ? phone : TELEAPI, sip.sent() ? TELEAPI : phone, label);
            }
            case Seen.Noticed(Party phone, PhoneEvent.Hears hears, long nanos) ->
                note(hears.hearing().since(), column(phone), "♪ " + Party.heard(hears.hearing()));
            // Everything else that a phone notices was in a SIP message.
            case Seen.Noticed noticed -> {}
            case Seen.Asked asked -> {
                arrow(HTTP, seen.nanos(), TELEAPI, APPLICATION, "POST " + asked.path() + " " + about(asked));
                arrow(HTTP, seen.nanos(), APPLICATION, TELEAPI, ("200 " + plain(asked.answer())).strip());
            }
            case Seen.Requested requested -> arrow(HTTP, seen.nanos(), APPLICATION, TELEAPI, requested.request());
            case Seen.Replied replied -> arrow(HTTP, seen.nanos(), TELEAPI, APPLICATION, outcome(replied));
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
        char[] row = lifelines();
        int left = Math.min(from, to);
        int right = Math.max(from, to);
        Arrays.fill(row, left + 1, right, '─');
        row[to > from ? to - 1 : to + 1] = to > from ? '▶' : '◀';
        int room = right - left - 6;
        String fitting = label.length() > room ? label.substring(0, room - 1) + "…" : label;
        center(row, " " + fitting + " ", (left + right) / 2);
        print(nanos, row, left + 1, right, color);
    }

    private void note(long nanos, int column, String text) {
        char[] row = lifelines();
        int end = Math.min(WIDTH, column + 2 + text.length());
        text.getChars(0, end - column - 2, row, column + 2);
        print(nanos, row, column + 2, end, SOUND);
    }

    private void print(long nanos, char[] row, int from, int to, String color) {
        String line = new String(row);
        String drawn = line.substring(7, from) + paint(color, line.substring(from, to)) + line.substring(to);
        out.println(at(nanos) + drawn.stripTrailing());
    }

    private static char[] lifelines() {
        char[] row = " ".repeat(WIDTH).toCharArray();
        for (Party party : Party.values()) {
            row[column(party)] = '│';
        }
        row[TELEAPI] = '│';
        row[APPLICATION] = '│';
        return row;
    }

    private static int column(Party party) {
        return FIRST + List.of(Party.values()).indexOf(party) * APART;
    }

    private static void center(char[] row, String text, int middle) {
        int from = middle - text.length() / 2;
        text.getChars(0, text.length(), row, from);
    }

    private String paint(String color, String text) {
        return colour ? "\033[" + color + "m" + text + "\033[0m" : text;
    }
}
