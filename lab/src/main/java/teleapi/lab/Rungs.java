package teleapi.lab;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the lines of a ladder: time runs down, each player has a lifeline, an arrow is a message, a note stands beside its lifeline.
 *
 * <pre>
 * Shape   each line begins with a time of seven characters; colours only when asked for
 * Thread  one
 * </pre>
 */
public final class Rungs {
    public static final String SIP = "36";
    public static final String HTTP = "32";
    public static final String SOUND = "33";
    public static final String CHANGE = "35";
    public static final String BOLD = "1";

    /** Where the times stand. */
    private static final int MARGIN = 7;

    private final PrintStream out;
    private final boolean colour;
    private final int width;
    private final List<Lifeline> lifelines;

    /** A player and the column of its line. */
    public record Lifeline(String name, int column) {}

    public Rungs(PrintStream out, boolean colour, int width, List<Lifeline> lifelines) {
        this.out = out;
        this.colour = colour;
        this.width = width;
        this.lifelines = List.copyOf(lifelines);
    }

    /** The players' names above their lines. */
    public void heads() {
        char[] head = " ".repeat(width).toCharArray();
        for (Lifeline lifeline : lifelines) {
            center(head, lifeline.name(), lifeline.column());
        }
        out.println(new String(head).stripTrailing());
    }

    public void arrow(String time, String color, int from, int to, String label) {
        char[] row = row();
        int left = Math.min(from, to);
        int right = Math.max(from, to);
        Arrays.fill(row, left + 1, right, '─');
        row[to > from ? to - 1 : to + 1] = to > from ? '▶' : '◀';
        int room = right - left - 6;
        String fitting = label.length() > room ? label.substring(0, room - 1) + "…" : label;
        center(row, " " + fitting + " ", (left + right) / 2);
        print(time, row, left + 1, right, color);
    }

    public void note(String time, String color, int column, String text) {
        char[] row = row();
        int end = Math.min(width, column + 2 + text.length());
        text.getChars(0, end - column - 2, row, column + 2);
        print(time, row, column + 2, end, color);
    }

    public String paint(String color, String text) {
        return colour ? "\033[" + color + "m" + text + "\033[0m" : text;
    }

    private void print(String time, char[] row, int from, int to, String color) {
        String line = new String(row);
        String drawn = line.substring(MARGIN, from) + paint(color, line.substring(from, to)) + line.substring(to);
        out.println(time + drawn.stripTrailing());
    }

    private char[] row() {
        char[] row = " ".repeat(width).toCharArray();
        for (Lifeline lifeline : lifelines) {
            row[lifeline.column()] = '│';
        }
        return row;
    }

    private static void center(char[] row, String text, int middle) {
        int from = middle - text.length() / 2;
        text.getChars(0, text.length(), row, from);
    }
}
