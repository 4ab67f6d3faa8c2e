package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AlarmTest {
    @Test
    void anAlarmAfterASuspensionDoesNotStandBehindATurnForEach50MillisecondsOfIt() throws Exception {
        // "never too late" (Alarm): a process that was stopped for a day, or a machine, has missed 1.7 million turns.
        var never = new CountDownLatch(1);
        var turns = new CompletableFuture<Long>();
        set(() -> {
            never.await(1, TimeUnit.SECONDS);
            long before = Alarm.ALARMS.getCompletedTaskCount();
            set(() -> turns.complete(Alarm.ALARMS.getCompletedTaskCount() - before));
            return true;
        });
        long made = turns.get(20, TimeUnit.SECONDS);
        assertTrue(made < 10, made + " turns");
    }

    private interface Woken {
        boolean run() throws InterruptedException;
    }

    private static void set(Woken woken) {
        long now = System.nanoTime();
        Alarm _ = Alarm.NONE.noLaterThan(now, now, () -> {
            try {
                woken.run();
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        });
    }
}
