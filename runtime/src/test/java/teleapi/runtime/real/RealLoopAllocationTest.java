package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;
import teleapi.runtime.Loop;

@Timeout(60)
class RealLoopAllocationTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;

    private final RealWorld world = RealWorld.create();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Sends every datagram on and looks at what its thread has allocated after the warm-up and at the end. */
    private final class Relay implements DatagramReceiver {
        private final InetSocketAddress to;
        final CompletableFuture<Long> allocated = new CompletableFuture<>();
        private long start;
        private int count;

        Relay(InetSocketAddress to) {
            this.to = to;
        }

        @Override
        public void received(DatagramPort port, ByteBuffer payload, InetSocketAddress from) {
            port.send(payload, to);
            count++;
            if (count == WARM_UP) {
                start = threads.getCurrentThreadAllocatedBytes();
            } else if (count == WARM_UP + MEASURED) {
                allocated.complete(threads.getCurrentThreadAllocatedBytes() - start);
            }
        }
    }

    @Test
    void aDatagramReceivedAndSentOnAllocatesNothing() throws Exception {
        // Rule: nothing is allocated for each datagram (DatagramPort.send; ADR-0002). Less than a byte each leaves room
        // for the JIT only.
        Loop<String> one = world.loop("one", 10);
        Loop<String> two = world.loop("two", 10);
        DatagramPort here = world.network().bindDatagram(ANY_PORT);
        DatagramPort there = world.network().bindDatagram(ANY_PORT);
        Relay out = new Relay(there.local());
        Relay back = new Relay(here.local());
        one.attach(here, out);
        two.attach(there, back);
        one.start(message -> {});
        two.start(message -> {});
        assertTrue(here.send(ByteBuffer.allocateDirect(172), there.local()));
        long bytes = Math.max(out.allocated.get(50, TimeUnit.SECONDS), back.allocated.get(50, TimeUnit.SECONDS));
        assertTrue(bytes < MEASURED, () -> bytes + " bytes for " + MEASURED + " datagrams");
        one.close();
        two.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void settingATimerAllocatesNothing() throws Exception {
        // Rule: a timer can be set again and again without allocating (Loop.timer).
        Loop<CompletableFuture<Long>> loop = world.loop("loop", 10);
        int[] ran = {0};
        Loop.Timer[] timers = new Loop.Timer[100];
        for (int i = 0; i < timers.length; i++) {
            timers[i] = loop.timer(() -> ran[0]++);
        }
        loop.start(reply -> {
            long start = 0;
            for (int round = 0; round < 1_000; round++) {
                if (round == 500) {
                    start = threads.getCurrentThreadAllocatedBytes();
                }
                for (Loop.Timer timer : timers) {
                    timer.at(Long.MAX_VALUE - round);
                }
                for (Loop.Timer timer : timers) {
                    timer.cancel();
                }
            }
            reply.complete(threads.getCurrentThreadAllocatedBytes() - start);
        });
        CompletableFuture<Long> reply = new CompletableFuture<>();
        loop.post(reply);
        long bytes = reply.get(20, TimeUnit.SECONDS);
        assertTrue(bytes < 50_000, () -> bytes + " bytes for 50,000 settings");
        assertEquals(0, ran[0]);
        loop.close();
    }
}
