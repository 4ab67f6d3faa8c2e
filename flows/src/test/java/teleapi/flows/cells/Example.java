package teleapi.flows.cells;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worked example as docs/api/live-call-modification.md prints it.
 *
 * @param flow that plays it in simulated time; empty: none
 */
public record Example(String title, String flow, List<String> commands) {
    private static final Path PAGE = Path.of("../docs/api/live-call-modification.md");
    private static final Pattern TITLE = Pattern.compile("# ([^\\[]+?)(?: \\[([a-z-]+/[a-z-]+)])?");
    /** A word of a shell: pieces in single quotes, and as they are. */
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^'\\s])+");

    private static final Pattern PIECE = Pattern.compile("'([^']*)'|[^']+");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");

    public Example {
        commands = List.copyOf(commands);
    }

    /**
     * What a command asks.
     *
     * @param body as curl makes it: -d as it is, --data-urlencode encoded after the first =
     */
    record Request(String credentials, String url, String body) {}

    public static List<Example> all() throws IOException {
        String page = Files.readString(PAGE).replace("\\\n", " ");
        var examples = new ArrayList<Example>();
        var commands = new ArrayList<String>();
        List<String> lines = page.substring(page.indexOf("## Examples")).lines().toList();
        for (String line : lines.reversed()) {
            Matcher title = TITLE.matcher(line);
            if (line.startsWith("curl ")) {
                commands.addFirst(line);
            } else if (title.matches()) {
                examples.addFirst(new Example(
                        title.group(1), Optional.ofNullable(title.group(2)).orElse(""), commands));
                commands.clear();
            }
        }
        return examples;
    }

    /** As a shell and curl would read it. */
    static Request read(String command, Map<String, String> variables) {
        List<String> words = WORD.matcher(command)
                .results()
                .map(word -> unquoted(word.group(), variables))
                .toList();
        String credentials = "";
        String url = "";
        var body = new ArrayList<String>();
        Iterator<String> rest = words.listIterator(1);
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-u" -> credentials = rest.next();
                case "-d" -> body.add(rest.next());
                case "--data-urlencode" -> {
                    String[] field = rest.next().split("=", 2);
                    body.add(field[0] + "=" + URLEncoder.encode(field[1], StandardCharsets.UTF_8));
                }
                default -> {
                    if (!url.isEmpty()) {
                        throw new AssertionError(word + " is not understood: " + command);
                    }
                    url = word;
                }
            }
        }
        return new Request(credentials, url, String.join("&", body));
    }

    private static String unquoted(String word, Map<String, String> variables) {
        return PIECE.matcher(word)
                .replaceAll(piece -> Matcher.quoteReplacement(
                        piece.group(1) != null
                                ? piece.group(1)
                                : VARIABLE.matcher(piece.group()).replaceAll(name -> value(name.group(1), variables))));
    }

    private static String value(String name, Map<String, String> variables) {
        return Matcher.quoteReplacement(Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new AssertionError("$" + name + " is not known")));
    }
}
