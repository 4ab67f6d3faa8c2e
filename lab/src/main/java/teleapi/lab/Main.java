package teleapi.lab;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import teleapi.lab.demo.DemoCommand;
import teleapi.lab.desk.PhoneCommand;
import teleapi.lab.trace.TraceCommand;

/** The commands that are no server: {@code demo}, {@code phone} and {@code trace}. Exit status 2: the command line was wrong. */
@Command(
        name = "./teleapi",
        subcommands = {DemoCommand.class, PhoneCommand.class, TraceCommand.class},
        description = "Tools around teleapi.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // The pictures need their characters whatever the locale is.
        System.setOut(new java.io.PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        // What the libraries log is no part of the picture; warnings go to stderr.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "teleapi/lab/logback.xml");
        }
        return new CommandLine(new Main())
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, all) -> explain(wrong))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    /** One line that says what to do (CONTRACT section 1). */
    private static int explain(CommandLine.ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr()
                .println(command.getCommandSpec().qualifiedName(" ") + ": " + wrong.getMessage()
                        + "; --help is the manual");
        return CommandLine.ExitCode.USAGE;
    }
}
