package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RcmlCodeTest {
    @Test
    void everyCodeHasItsLineInTheDocs() throws IOException {
        // CONTRACT 2: every code has a page under docs/.
        String page = Files.readString(Path.of("../docs/errors/rcml.md"));
        for (RcmlCode code : RcmlCode.values()) {
            assertTrue(page.contains("| " + code.number() + " |"), code + " is not in docs/errors/rcml.md");
        }
    }

    @Test
    void noNumberIsUsedTwice() {
        // An application tells the mistakes apart by the number.
        long numbers = Arrays.stream(RcmlCode.values())
                .mapToInt(RcmlCode::number)
                .distinct()
                .count();
        assertEquals(RcmlCode.values().length, numbers);
    }
}
