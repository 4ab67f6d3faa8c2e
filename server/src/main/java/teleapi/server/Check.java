package teleapi.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.call.webhook.PooledHttp;
import teleapi.rcml.AttributeRule;
import teleapi.rcml.Finding;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Parsed;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlParser;
import teleapi.rcml.Vocabulary;
import teleapi.runtime.real.RealWorld;

/** {@code check FILE|URL…}: what is wrong with RCML documents, and what to do about it. */
final class Check {
    /** One more than a document may have, so that one that is too large is seen to be. */
    private static final int READ = RcmlParser.MAX_BYTES + 1;

    /** So much of a line is shown. */
    private static final int SHOWN = 100;

    private static final String INPUT = "-";
    private static final int WRONG = 1;

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    Check(InputStream in, PrintWriter out, PrintWriter err, boolean terminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("check").mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(
                        "Validates RCML documents: every verb, attribute and limit. Each finding is a line:",
                        "WHERE:LINE:COLUMN: what is wrong; what is done instead (code).")
                .footer(
                        "",
                        "The codes are in docs/errors/rcml.md, the verbs in docs/rcml.",
                        "A document has at most 64 KiB; a URL is given 15 s and 5 redirects.",
                        "Exit status: 0 all are valid, 1 one is not, 2 one cannot be read.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE|URL")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description("files, - for the standard input, or http and https URLs, which are requested with GET")
                .build());
        spec.addOption(OptionSpec.builder("--lines")
                .type(boolean.class)
                .description("show the line and the place under each finding; so it is on a terminal")
                .build());
        spec.addOption(OptionSpec.builder("--list")
                .type(boolean.class)
                .description("list every verb, noun and attribute, with values and default")
                .build());
        return spec;
    }

    int run(ParseResult parsed) {
        List<String> all = parsed.matchedPositionalValue(0, List.of());
        boolean list = parsed.hasMatchedOption("--list");
        if (list) {
            list();
        } else if (all.isEmpty()) {
            err.println("teleapi: nothing to check: give a file, a URL, or - for the standard input");
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        int status = CommandLine.ExitCode.OK;
        for (String where : all) {
            status = Math.max(status, check(where, terminal || parsed.hasMatchedOption("--lines")));
        }
        out.flush();
        return status;
    }

    private int check(String where, boolean lines) {
        try {
            byte[] document = read(where);
            List<Finding> findings = switch (RcmlParser.parse(document)) {
                case Parsed.Invalid invalid ->
                    List.of(new Finding(
                            invalid.position(), invalid.code(), invalid.reason() + "; the whole document is refused"));
                case Parsed.Valid valid -> valid.document().findings();
            };
            List<String> text = lines ? RcmlParser.lines(document) : List.of();
            for (Finding finding : findings) {
                out.println((where.equals(INPUT) ? "stdin" : where) + ":" + finding.position() + ": "
                        + finding.message() + " (" + finding.code() + ")");
                show(text, finding.position());
            }
            return findings.isEmpty() ? CommandLine.ExitCode.OK : WRONG;
        } catch (StartException e) {
            out.flush();
            err.println("teleapi: " + e.line());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }

    private void show(List<String> text, Position at) {
        if (at.line() > text.size()) {
            return;
        }
        String line = text.get(at.line() - 1);
        int column = Math.min(at.column() - 1, line.length());
        // What is wrong and a little before it, of a line that is a whole document.
        int from = Math.max(0, Math.min(column - SHOWN / 2, line.length() - SHOWN));
        String shown = line.substring(from, Math.min(line.length(), from + SHOWN));
        out.println("    " + printable(shown).stripTrailing());
        out.println("    " + " ".repeat(column - from) + "^");
    }

    /** Nothing that a terminal would obey; each character as wide as before. */
    private static String printable(String line) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            int type = Character.getType(c);
            boolean obeyed = type == Character.CONTROL || type == Character.FORMAT || type == Character.UNASSIGNED;
            printable.append(obeyed ? ' ' : c);
        }
        return printable.toString();
    }

    private void list() {
        Vocabulary.known().forEach((element, attributes) -> {
            out.println(element);
            for (AttributeRule rule : attributes.values()) {
                String otherwise = rule.otherwise().isEmpty() ? "" : ": " + rule.otherwise();
                out.println("  " + rule.name() + "  " + rule.values() + otherwise);
            }
        });
        Vocabulary.unsupported().forEach((element, instead) -> out.println(element + "  not supported: " + instead));
    }

    private byte[] read(String where) throws StartException {
        if (where.startsWith("http://") || where.startsWith("https://")) {
            return fromServer(where);
        }
        try (InputStream file = where.equals(INPUT) ? in : Files.newInputStream(Path.of(where))) {
            return file.readNBytes(READ);
        } catch (IOException | InvalidPathException e) {
            throw new StartException("cannot read " + where + ": give an existing file or a URL", e);
        }
    }

    private static byte[] fromServer(String url) throws StartException {
        try (PooledHttp http = new PooledHttp(RealWorld.create())) {
            return switch (http.send(new HttpAsk(HttpMethod.GET, url, Map.of(), Map.of(), READ))) {
                case HttpReply.Failed failed -> throw new StartException("cannot read " + url + ": " + failed.reason());
                case HttpReply.Received received
                when received.status() != 200 ->
                    throw new StartException("cannot read " + url + ": the answer was " + received.status());
                case HttpReply.Received received -> received.body();
            };
        }
    }
}
