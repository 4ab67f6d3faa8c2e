package teleapi.rcml;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Offsets into a text become lines and columns. Immutable. */
final class Lines {
    private final int[] starts;

    Lines(String text) {
        starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, offset - starts[line] + 1);
    }
}
