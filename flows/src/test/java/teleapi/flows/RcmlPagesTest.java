package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import teleapi.rcml.AttributeRule;
import teleapi.rcml.Parsed;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Vocabulary;

/**
 * docs/rcml says what the parser does, and its examples are played. issue 4, 5.
 *
 * <p>{@code -Drcml.pages.rewrite=true} writes the parser's words into the tables; what a new attribute is for still has to be said.
 */
class RcmlPagesTest {
    private static final Path FLOWS = Path.of("rcml");
    private static final Pattern HEADING = Pattern.compile("## Attributes of ([A-Za-z ]+)\n");

    private static final String UNSAID = "(to be said)";

    @Test
    void eachElementHasATableOfItsAttributesAsTheParserHasThem() throws IOException {
        // the first four columns are the parser's own words; the message is what has to stand there
        if (Boolean.parseBoolean(System.getProperty("rcml.pages.rewrite"))) {
            rewrite();
        }
        var written = new TreeMap<String, List<String>>();
        for (String page : Examples.pages().values()) {
            HEADING.matcher(page).results().forEach(heading -> {
                List<String> rows = Examples.rows(page, heading.group());
                assertTrue(rows.stream().noneMatch(row -> row.contains(UNSAID)), heading.group());
                for (String element : heading.group(1).split(" and ", -1)) {
                    written.put(element, rows);
                }
            });
        }
        var known = Vocabulary.known();
        assertEquals(List.copyOf(known.keySet()), List.copyOf(written.keySet()), "tables in docs/rcml");
        known.forEach((element, rules) -> {
            List<String> want =
                    rules.values().stream().map(RcmlPagesTest::row).sorted().toList();
            List<String> have = written.getOrDefault(element, List.of()).stream()
                    .map(row -> row.substring(0, fourth(row)))
                    .sorted()
                    .toList();
            assertEquals(String.join("\n", want), String.join("\n", have), "table of " + element + " in docs/rcml");
        });
    }

    @Test
    void theIndexNamesEveryElement() throws IOException {
        String index = Files.readString(Path.of("../docs/rcml/README.md"));
        for (String element : Vocabulary.known().keySet()) {
            assertTrue(index.contains("[" + element + "]("), element);
        }
        for (String element : Vocabulary.unsupported().keySet()) {
            assertTrue(index.contains(element), element);
        }
    }

    @Test
    void eachExampleIsWithoutFindingsAndPlayedInAFlow() throws IOException {
        Map<String, String> examples = Examples.all();
        assertTrue(examples.size() >= Vocabulary.known().size() - 1, () -> examples.size() + " examples");
        String flows = played();
        examples.forEach((name, document) -> {
            var parsed = RcmlParser.parse(document.getBytes(StandardCharsets.UTF_8));
            var valid = assertInstanceOf(Parsed.Valid.class, parsed, name);
            assertEquals(List.of(), valid.document().findings(), name);
            assertTrue(flows.contains("example " + name + "\n"), () -> "no flow in flows/rcml plays example " + name);
        });
    }

    private static void rewrite() throws IOException {
        for (var page : Examples.pages().entrySet()) {
            String text = page.getValue();
            for (var heading : HEADING.matcher(text).results().toList()) {
                String element = heading.group(1).split(" and ", -1)[0];
                List<String> rows = Examples.rows(text, heading.group());
                var rules = Vocabulary.known().getOrDefault(element, new TreeMap<>());
                if (!rows.isEmpty()) {
                    List<String> fresh = Stream.of(true, false)
                            .flatMap(supported -> rules.values().stream().filter(rule -> rule.supported() == supported))
                            .map(rule -> row(rule) + meaning(rule, rows))
                            .toList();
                    text = text.replace(String.join("\n", rows) + "\n", String.join("\n", fresh) + "\n");
                }
            }
            Files.writeString(page.getKey(), text);
        }
    }

    private static String meaning(AttributeRule rule, List<String> rows) {
        return rows.stream()
                .filter(row -> rule.supported() && row.startsWith("| `" + rule.name() + "` |"))
                .filter(row -> !row.contains("| not supported |"))
                .map(row -> row.substring(fourth(row)))
                .findFirst()
                .orElse(" " + (rule.supported() ? UNSAID : rule.otherwise()) + " |");
    }

    private static String played() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.list(FLOWS)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static String row(AttributeRule rule) {
        String otherwise = rule.otherwise().isEmpty() || !rule.supported() ? "–" : rule.otherwise();
        return "| `" + rule.name() + "` | " + rule.values() + " | " + otherwise + " | " + rule.code() + " |";
    }

    /** Behind the bar that ends the fourth column. */
    private static int fourth(String row) {
        int at = 0;
        for (int bar = 0; bar < 5; bar++) {
            at = row.indexOf('|', at) + 1;
        }
        return at;
    }
}
