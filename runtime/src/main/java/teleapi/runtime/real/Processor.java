package teleapi.runtime.real;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The only processor of a small machine, on which a thread that was woken begins when the one that woke it stops: a call that ends would tell
 * the far end after all that it has to write down (ADR-0025).
 */
final class Processor {
    private static final boolean ONLY = Runtime.getRuntime().availableProcessors() == 1;

    private Processor() {}

    /** The function; a constant, made once and only where it is needed. Where it cannot be had, nothing is done: a post must not fail for it. */
    @SuppressWarnings("restricted") // native access is given by the launcher
    private static final class Native {
        private static final MethodHandle YIELD = find();

        private Native() {}

        private static MethodHandle find() {
            try {
                return Linker.nativeLinker()
                        .downcallHandle(
                                Linker.nativeLinker().defaultLookup().findOrThrow("sched_yield"),
                                FunctionDescriptor.of(JAVA_INT));
            } catch (LinkageError | RuntimeException missing) {
                return MethodHandles.constant(int.class, 0);
            }
        }
    }

    /** Lets whoever was just woken begin, where the thread that woke it is virtual and nothing else would stop its carrier. Thread.yield goes to the next virtual thread. */
    static void giveWay() {
        if (!ONLY || !Thread.currentThread().isVirtual()) {
            return;
        }
        try {
            int _ = (int) Native.YIELD.invokeExact();
        } catch (RuntimeException | Error wrong) {
            throw wrong;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
