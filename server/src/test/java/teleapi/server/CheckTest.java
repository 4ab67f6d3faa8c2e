package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code check}. CONTRACT 1: line, column and reason per finding; exit status 0 valid, 1 not. */
final class CheckTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int check(String input, boolean terminal, String... arguments) {
        PrintWriter lines = new PrintWriter(out);
        PrintWriter errors = new PrintWriter(err);
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(List.of(all), Map.of(), new Check(in, lines, errors, terminal), lines, errors);
    }

    private String file(String name, String document) throws IOException {
        return Files.writeString(folder.resolve(name), document).toString();
    }

    @Test
    void eachFindingSaysWhereWhatAndTheFix() throws IOException {
        // issue 4, 5: line, column, the rule and the fix
        String where = file("gather.xml", """
            <Response>
              <Gather finishOnkey='#' timeout='-1' numDigit='4'/>
              <Fax>a</Fax>
              <Plya/>
            </Response>\
            """);
        assertEquals(1, check("", false, where));
        assertEquals(
                List.of(
                        where + ":2:11: attribute \"finishOnkey\" of Gather is unknown: did you mean finishOnKey?"
                                + " (names are case-sensitive); it is ignored (12200)",
                        where
                                + ":2:27: timeout of Gather is not a whole number from 0 to 600: \"-1\"; 5 is used"
                                + " (13313)",
                        where + ":2:40: attribute \"numDigit\" of Gather is unknown: did you mean numDigits?;"
                                + " it is ignored (12200)",
                        where + ":3:3: element \"Fax\" of Response is not supported: send it from the application;"
                                + " it is skipped (12200)",
                        where
                                + ":4:3: element \"Plya\" of Response is no verb: did you mean Play?; it is skipped"
                                + " (12200)"),
                out.toString().lines().toList());
    }

    @Test
    void onATerminalTheLineAndThePlaceAreShown() {
        // issue 4, 5; nothing in a document may reach the terminal as a command
        String document =
                "<Response>\n\t<Say loop='x\u009b31m'>a</Say>" + " ".repeat(300) + "<Hangup x='1'/>\n</Response>";
        assertEquals(1, check(document, true, "-"));
        List<String> lines = out.toString().lines().toList();
        assertEquals("     <Say loop='x 31m'>a</Say>", lines.get(1));
        assertEquals("          ^", lines.get(2));
        assertEquals(lines.get(4).indexOf("x='1'"), lines.get(5).indexOf('^'));
        assertTrue(lines.get(4).length() < 120, lines.get(4));
        assertFalse(out.toString().contains("\u009b"));
        out.getBuffer().setLength(0);
        assertEquals(1, check(document, false, "-"));
        assertEquals(2, out.toString().lines().count());
        out.getBuffer().setLength(0);
        assertEquals(1, check(document, false, "--lines", "-"));
        assertEquals(6, out.toString().lines().count());
    }

    @Test
    void severalAreCheckedAndTheWorstDecidesTheStatus() throws IOException {
        // 0 all valid, 1 one is not, 2 one cannot be read
        String good = file("good.xml", "<Response><Hangup/></Response>");
        String bad = file("bad.xml", "<Response>\n<Say>");
        assertEquals(0, check("", true, good, good));
        assertEquals("", out.toString());
        assertEquals(1, check("", true, bad, good));
        assertTrue(out.toString().startsWith(bad + ":2:"), out.toString());
        assertTrue(out.toString().contains("the whole document is refused (12100)"), out.toString());
        assertEquals(2, check("", false, folder.resolve("none.xml").toString(), bad));
        assertEquals(1, err.toString().lines().count());
        assertEquals(2, check("", false));
    }

    @Test
    void theStandardInputIsADocumentAndHasALimit() {
        // 64 KiB, as the server takes it
        assertEquals(0, check("<Response/>", false, "-"));
        assertEquals(1, check("<Response>" + " ".repeat(70_000) + "</Response>", false, "-"));
        assertTrue(out.toString().startsWith("stdin:1:1: document has 65537 bytes, limit 65536"), out.toString());
    }

    @Test
    void theListHasEveryVerbAttributeAndLimit() {
        // issue 4, 5
        assertEquals(0, check("", false, "--list"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.containsAll(List.of("Gather", "Dial", "Number", "  timeout  0 to 600 s: 5")), out.toString());
        int sms = lines.indexOf("Sms");
        assertEquals(
                List.of(
                        "  action  URL",
                        "  from  +number, client:name or sip:uri",
                        "  method  GET, POST: POST",
                        "  statusCallback  URL",
                        "  statusCallbackMethod  GET, POST: POST",
                        "  to  +number, client:name or sip:uri"),
                lines.subList(sms + 1, sms + 7));
        int message = lines.indexOf("Message");
        assertEquals(lines.subList(sms + 1, sms + 7), lines.subList(message + 1, message + 7));
        assertTrue(lines.contains("Fax  not supported: send it from the application"));
    }

    @Test
    void aUrlIsRequested() throws IOException {
        // CONTRACT 1: FILE|URL
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean there = exchange.getRequestURI().getPath().equals("/a.xml");
            byte[] body = "<Response><Sing/></Response>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(there ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertEquals(1, check("", false, base + "/a.xml"));
            assertTrue(out.toString().startsWith(base + "/a.xml:1:11: "), out.toString());
            assertEquals(2, check("", false, base + "/none"));
            assertTrue(err.toString().contains("the answer was 404"), err.toString());
        } finally {
            server.stop(0);
        }
    }
}
