package teleapi.runtime.real;

import java.util.concurrent.CountDownLatch;

/**
 * The end of the process on request of the system: SIGTERM or SIGINT.
 *
 * <pre>
 * Thread  await: main's. The work runs on a thread of the JVM's shutdown
 * Source  CONTRACT section 5: exit 0
 * </pre>
 */
public final class Termination {
    private Termination() {}

    /** Waits until the process is asked to end, then does {@code work} and exits with 0. Does not return. */
    public static void await(Runnable work) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                work.run();
                            } finally {
                                // Without this the JVM ends with 128 + the number of the signal.
                                Runtime.getRuntime().halt(0);
                            }
                        },
                        "termination"));
        var never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Nobody has a reason to; go on waiting for the signal.
            }
        }
    }
}
