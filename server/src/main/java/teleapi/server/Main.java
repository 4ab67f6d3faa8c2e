package teleapi.server;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands of the server: serve, check, help. Every failure is one line on stderr and exit status 2. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        int status = run(List.of(arguments), System.getenv(), new Check(System.in, out, err, terminal), out, err);
        Serve.writeLogs();
        System.exit(status);
    }

    /** The exit status. {@code serve} does not return while the server runs. */
    static int run(
            List<String> arguments, Map<String, String> environment, Check check, PrintWriter out, PrintWriter err) {
        Serve serve = new Serve(out, err, environment);
        CommandSpec teleapi = CommandSpec.create()
                .name("teleapi")
                .mixinStandardHelpOptions(true)
                .version("teleapi 0.1");
        teleapi.usageMessage()
                .description(
                        "A voice platform: SIP calls that run RCML documents and are modified while they are live.")
                .footer(
                        "",
                        "The launcher has three commands more:",
                        "  demo   Plays a call that is redirected, made a conference, muted and ended.",
                        "  phone  A phone on the command line.",
                        "  trace  Draws what happened in a call, live or ended.");
        teleapi.addSubcommand("serve", new CommandLine(serve.spec()));
        teleapi.addSubcommand("check", new CommandLine(check.spec()));
        teleapi.addSubcommand("help", new CommandLine(new CommandLine.HelpCommand()));
        CommandLine commands = new CommandLine(teleapi)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> usage(wrong, err));
        commands.setExecutionStrategy(parsed -> {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped != null ? helped : execute(parsed, commands, serve, check);
        });
        return commands.execute(arguments.toArray(new String[0]));
    }

    private static int execute(ParseResult parsed, CommandLine commands, Serve serve, Check check) {
        if (!parsed.hasSubcommand()) {
            commands.usage(commands.getOut());
            return CommandLine.ExitCode.OK;
        }
        ParseResult sub = parsed.subcommand();
        return switch (sub.commandSpec().name()) {
            case "serve" -> serve.run(sub);
            default -> check.run(sub);
        };
    }

    private static int usage(ParameterException wrong, PrintWriter err) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        err.println("teleapi: " + String.valueOf(wrong.getMessage()).replace('\n', ' ') + ": " + command
                + " --help is the manual");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
