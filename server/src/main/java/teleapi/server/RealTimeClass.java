package teleapi.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What an operator should know who has started the server in a real-time class of Linux (ADR-0025). */
final class RealTimeClass {
    private static final Path OWN = Path.of("/proc/thread-self/stat");
    private static final Path TURN = Path.of("/proc/sys/kernel/sched_rr_timeslice_ms");

    /** In what follows the name in stat, which may have any character. */
    private static final int POLICY = 38;

    private static final String FIFO = "1";
    private static final String ROUND_ROBIN = "2";

    /** Sound is ordered every 20 ms: a longer turn of another thread can be heard. */
    private static final int LONGEST_TURN_MS = 10;

    private RealTimeClass() {}

    /** What would be better; empty where the class is none, or is well set up. */
    static Optional<String> advice() {
        return advice(OWN, TURN);
    }

    static Optional<String> advice(Path own, Path turn) {
        try {
            String stat = Files.readString(own);
            return switch (stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY]) {
                case FIFO ->
                    Optional.of(
                            "in the class SCHED_FIFO a compiler of the JVM keeps a processor from calls for as long as"
                                    + " it likes: start the server in SCHED_RR (chrt -r, CPUSchedulingPolicy=rr)");
                case ROUND_ROBIN ->
                    turns(Integer.parseInt(Files.readString(turn).strip()));
                default -> Optional.empty();
            };
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static Optional<String> turns(int milliseconds) {
        return milliseconds <= LONGEST_TURN_MS
                ? Optional.empty()
                : Optional.of("in the class SCHED_RR a compiler of the JVM keeps a processor from calls for "
                        + milliseconds + " ms at a time: sysctl kernel.sched_rr_timeslice_ms=4");
    }
}
