package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newcomer's first command. */
final class DemoTest {
    @Test
    void everyStepOfTheStoryIsObserved() {
        // CONTRACT sections 1 and 6: exit status 0 only if every step was observed; ends with what each phone heard,
        // and when
        var said = new ByteArrayOutputStream();

        int status = Demo.run(new PrintStream(said, true, StandardCharsets.UTF_8), false, false);

        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(0, status, text);
        for (String line : List.of(
                "caller hears bob + alice + sip + number",
                "number hears caller + bob + alice + sip",
                "bob hears caller + sip + number,",
                "alice goes on hearing caller + bob + sip + number",
                "6 calls, one final callback each; 0 live calls, media sessions, conferences, RTP ports",
                "Every step was observed.")) {
            assertTrue(text.contains(line), () -> "not in the output: " + line + "\n" + text);
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
    }
}
