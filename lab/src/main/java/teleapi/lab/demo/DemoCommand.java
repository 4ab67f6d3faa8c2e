package teleapi.lab.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import teleapi.lab.Terminal;

/** The command {@code demo}. */
@Command(
        name = "demo",
        description = {
            "Plays the life of one call on this machine, over real SIP, RTP and HTTP, and draws every message:",
            "a caller reaches bob, is redirected to alice, both are moved into a conference, three more join, one is"
                    + " muted, all end.",
            "Needs nothing but free ports and a temporary folder, and takes some ten seconds.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every step was observed",
            "1:a step was not, and the last lines say which",
            "2:something could not be started"
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this manual.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Option(names = "--keep", description = "Leaves everything up afterwards, and says how to go on by hand.")
    private boolean keep;

    @Override
    public Integer call() {
        return Demo.run(System.out, Terminal.coloured(), keep);
    }
}
