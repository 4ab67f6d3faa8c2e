package teleapi.lab.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents and sources say about files, decisions and machines is true. */
final class PapersTest {
    @Test
    void noTextNamesAMachineOrARegistry() throws IOException {
        // The project builds on any machine with the user's own settings.
        List<Complaint> complaints = new ArrayList<>();
        for (SourceFile file : SourceTree.texts()) {
            if (!file.path().endsWith("house/PapersTest.java")) {
                complaints.addAll(Papers.outside(file));
            }
        }
        assertEquals("", Allowed.verdict(Set.of("machine", "registry"), complaints));
    }

    @Test
    void everyDecisionThatIsCitedIsWritten() throws IOException {
        // STYLE, habits: decisions are in docs/adr.
        Set<String> written;
        try (Stream<Path> files = Files.list(SourceTree.root().resolve("docs/adr"))) {
            written = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && name.length() > 4)
                    .map(name -> name.substring(0, 4))
                    .collect(Collectors.toSet());
        }
        List<Complaint> complaints = new ArrayList<>();
        for (SourceFile file : SourceTree.texts()) {
            if (!file.path().endsWith("house/PapersTest.java")) {
                complaints.addAll(Papers.uncited(file, written::contains));
            }
        }
        assertEquals("", Allowed.verdict(Set.of("decision"), complaints));
    }

    @Test
    void thePlacesOfTheTwoWalksExist() throws IOException {
        // ARCHITECTURE: a stranger must be able to follow either walk in the source.
        List<SourceFile> files = SourceTree.texts();
        List<Complaint> complaints = new ArrayList<>();
        files.stream()
                .filter(file -> file.path().equals("ARCHITECTURE.md"))
                .forEach(file -> complaints.addAll(Papers.lostWalks(
                        file, path -> Files.exists(SourceTree.root().resolve(path)))));
        assertEquals("", Allowed.verdict(Set.of("walk"), complaints));
    }

    @Test
    void eachRuleBites() {
        // A rule that has never failed is not known to work.
        assertEquals(1, Papers.outside(paper("see /home/ann/x")).size());
        assertEquals(1, Papers.outside(paper("see /ro" + "ot/.m2")).size());
        assertEquals(
                1,
                Papers.outside(paper("<url>https://repo1.example.org/maven</url>"))
                        .size());
        assertEquals(
                0,
                Papers.outside(paper("$HOME/.m2, /usr/lib/jvm, http://h/home/x, network/x"))
                        .size());
        assertEquals(
                1, Papers.uncited(paper("ADR-0001, ADR-9999"), "0001"::equals).size());
        SourceFile walks = paper("## The two walks\n| x/y | `call/A.java` |\n| `Call` | `rest/` |\n## Who\n`z/z`");
        assertEquals(1, Papers.lostWalks(walks, "rest/"::equals).size());
        assertEquals(
                0,
                Papers.lostWalks(walks, Set.of("call/A.java", "rest/")::contains)
                        .size());
        assertEquals(1, Papers.lostWalks(paper("nothing"), place -> true).size());
    }

    private static SourceFile paper(String text) {
        return new SourceFile("docs/x.md", text);
    }
}
