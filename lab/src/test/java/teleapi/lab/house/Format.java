package teleapi.lab.house;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The one format, in this virtual machine because Maven itself may run on an older one than the language needs. */
final class Format {
    private Format() {}

    /** Rewrites every Java file of the project, or only those below the given paths, whose format differs. */
    public static void main(String[] paths) throws IOException {
        for (SourceFile file : SourceTree.java()) {
            boolean asked = paths.length == 0 || List.of(paths).stream().anyMatch(file.path()::startsWith);
            String formatted = asked ? formatted(file) : file.text();
            if (!formatted.equals(file.text())) {
                Files.writeString(SourceTree.root().resolve(file.path()), formatted);
                System.out.println("formatted " + file.path());
            }
        }
    }

    static String formatted(SourceFile file) {
        JavaFormatterOptions options = JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build();
        try {
            return Formatter.createFormatter(options).formatSourceAndFixImports(file.text());
        } catch (FormatterException refused) {
            throw new IllegalArgumentException(file.path() + " cannot be formatted", refused);
        }
    }
}
