package teleapi.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.call.webhook.JdkHttp;
import teleapi.rcml.Finding;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Parsed;
import teleapi.rcml.RcmlParser;
import teleapi.runtime.real.RealWorld;

/** {@code check FILE|URL}: what is wrong with an RCML document, one line each; 0 when nothing is, 1 when something is, 2 when it cannot be read. */
final class Check {
    /** One more than a document may have, so that one that is too large is seen to be. */
    private static final int READ = (64 << 10) + 1;

    private final PrintWriter out;
    private final PrintWriter err;

    Check(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("check").mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Validates an RCML document. Each finding is a line: WHERE:LINE:COLUMN: reason (code).")
                .footer("", "Exit status: 0 valid, 1 not, 2 cannot be read.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE|URL")
                .type(String.class)
                .arity("1")
                .index("0")
                .required(true)
                .description("a file, or an http or https URL, which is requested with GET")
                .build());
        return spec;
    }

    int run(ParseResult parsed) {
        String where = parsed.matchedPositionalValue(0, "");
        try {
            int findings = report(where, read(where));
            out.flush();
            return findings == 0 ? CommandLine.ExitCode.OK : 1;
        } catch (StartException e) {
            err.println("teleapi: " + e.line());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }

    private int report(String where, byte[] document) {
        return switch (RcmlParser.parse(document)) {
            case Parsed.Invalid invalid -> {
                out.println(where + ":" + invalid.position() + ": " + invalid.reason() + " (" + invalid.code() + ")");
                yield 1;
            }
            case Parsed.Valid valid -> {
                for (Finding finding : valid.document().findings()) {
                    out.println(
                            where + ":" + finding.position() + ": " + finding.message() + " (" + finding.code() + ")");
                }
                yield valid.document().findings().size();
            }
        };
    }

    private static byte[] read(String where) throws StartException {
        return where.startsWith("http://") || where.startsWith("https://") ? fromServer(where) : fromFile(where);
    }

    private static byte[] fromFile(String where) throws StartException {
        try (InputStream file = Files.newInputStream(Path.of(where))) {
            return file.readNBytes(READ);
        } catch (IOException | InvalidPathException e) {
            throw new StartException("cannot read " + where + ": give an existing file or a URL", e);
        }
    }

    private static byte[] fromServer(String url) throws StartException {
        try (JdkHttp http = new JdkHttp(RealWorld.create().time())) {
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
