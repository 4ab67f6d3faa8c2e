package teleapi.rcml;

import java.util.Comparator;

/** A place in a document, counted from 1. */
public record Position(int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    public Position {
        Checked.range("line", line, 1, Integer.MAX_VALUE);
        Checked.range("column", column, 1, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
