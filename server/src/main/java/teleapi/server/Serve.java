package teleapi.server;

import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import teleapi.call.directory.Account;
import teleapi.runtime.real.Termination;

/** {@code serve}: the server in the foreground, until it is asked to end. Its help is the manual of all settings. */
final class Serve {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);
    private static final String CONFIG = "--config";
    private static final String PRINT_CONFIG = "--print-config";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;

    Serve(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("serve").mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(
                        "The server, in the foreground. When everything listens, one line goes to stdout:",
                        "  teleapi ready http=HOST:PORT sip=HOST:PORT",
                        "SIGTERM lets live calls end (--drain), then ends cleanly.",
                        "",
                        "Every setting is a flag, an environment variable, and a key of the --config file (the flag's"
                                + " name",
                        "without dashes in front). Flag beats environment beats file.")
                .footer(
                        "",
                        "Environment only, since command lines can be seen by others:",
                        "  TELEAPI_ACCOUNT_SID, TELEAPI_AUTH_TOKEN   the first account; if unset, made at the first",
                        "                                            start and printed once on stderr");
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag()) {
                String usual = setting.usual().isEmpty() ? "" : " Default: " + setting.usual() + ".";
                spec.addOption(OptionSpec.builder(setting.flag())
                        .type(String.class)
                        .paramLabel(setting.shape())
                        .description(setting.meaning() + "." + usual + " (" + setting.environment() + ")")
                        .build());
            }
        }
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(Path.class)
                .paramLabel("FILE")
                .description("settings as key = value")
                .build());
        spec.addOption(OptionSpec.builder(PRINT_CONFIG)
                .type(boolean.class)
                .description("shows what is in force, without secrets, and ends")
                .build());
        return spec;
    }

    int run(ParseResult parsed) {
        try {
            Configuration configuration = configuration(parsed);
            Settings settings = Settings.of(configuration);
            if (parsed.hasMatchedOption(PRINT_CONFIG)) {
                out.print(configuration.printed());
                out.flush();
                return CommandLine.ExitCode.OK;
            }
            serve(settings);
            return CommandLine.ExitCode.OK;
        } catch (StartException e) {
            err.println("teleapi: " + e.line());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Configuration configuration(ParseResult parsed) throws StartException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (setting.hasFlag() && parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        Path none = Path.of("");
        Path file = parsed.matchedOptionValue(CONFIG, none);
        return Configuration.read(flags, environment, Optional.of(file).filter(path -> !path.equals(none)));
    }

    /** Does not return: the process ends when it is asked to. */
    private void serve(Settings settings) throws StartException {
        RealTimeClass.advice().ifPresent(LOG::warn);
        Teleapi teleapi = Teleapi.start(settings);
        teleapi.madeAccount().ifPresent(this::show);
        out.println("teleapi ready http=" + Teleapi.text(teleapi.http()) + " sip=" + Teleapi.text(teleapi.sip()));
        out.flush();
        Termination.await(() -> {
            teleapi.drain(settings.drain());
            writeLogs();
        });
    }

    /** What was logged and is not yet written. */
    static void writeLogs() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.stop();
        }
    }

    private void show(Account account) {
        err.println("teleapi: first account made, shown this once: TELEAPI_ACCOUNT_SID=" + account.sid()
                + " TELEAPI_AUTH_TOKEN=" + account.authToken());
        err.flush();
    }
}
