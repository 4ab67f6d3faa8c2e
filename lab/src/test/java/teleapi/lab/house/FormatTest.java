package teleapi.lab.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody argues about the format: it is what the formatter prints. */
final class FormatTest {
    @Test
    void everyFileIsAsTheFormatterPrintsIt() throws IOException {
        // CONTRIBUTING: -Dhouse.format=rewrite makes it so.
        if (System.getProperty("house.format", "").equals("rewrite")) {
            Format.main(new String[0]);
        }
        List<Complaint> complaints = SourceTree.java().stream()
                .filter(file -> !Format.formatted(file).equals(file.text()))
                .map(file -> new Complaint(file.path(), 1, "format", "is not as the formatter prints it"))
                .toList();
        assertEquals("", Allowed.verdict(Set.of("format"), complaints));
    }

    @Test
    void anotherFormatIsSeen() {
        // Also unused imports and their order.
        SourceFile odd = new SourceFile("x/X.java", "import java.util.List;\nclass  X { int a ; }\n");
        assertEquals("class X {\n    int a;\n}\n", Format.formatted(odd));
        assertNotEquals(odd.text(), Format.formatted(odd));
    }
}
