package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ADR-0025: the log's thread, woken by the first line, waits 20 ms before it writes; once, and not for each line. */
final class LogQueueTest {
    private static final int BURST = 2_000;

    private final LoggerContext context = new LoggerContext();
    private final LogQueue queue = new LogQueue();
    private final Reader reader = new Reader();
    private final Logger log = context.getLogger("test");

    /** Who reads the log: keeps when it got each line. */
    private static final class Reader extends AppenderBase<ILoggingEvent> {
        private final LinkedBlockingQueue<Long> got = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            got.add(System.nanoTime());
        }
    }

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        reader.setContext(context);
        reader.start();
        queue.setContext(context);
        queue.setQueueSize(2 * BURST);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.addAppender(reader);
        queue.start();
        log.addAppender(queue);
    }

    @AfterEach
    void stop() {
        queue.stop();
    }

    @Test
    void whatIsBeingDoneGoesBeforeItsLine() throws Exception {
        long logged = System.nanoTime();
        log.info("line");
        Long got = reader.got.poll(20, TimeUnit.SECONDS);
        assertTrue(
                got != null && got - logged >= 20_000_000,
                () -> "written after " + (got == null ? "20 s" : got - logged));
    }

    @Test
    void linesThatCameTogetherAreNotWaitedForOneByOne() throws Exception {
        // Its thread takes them all at once: a wait for each would be 40 s.
        for (int i = 0; i < BURST; i++) {
            log.info("line {}", i);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        int written = 0;
        while (written < BURST && reader.got.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) != null) {
            written++;
        }
        assertEquals(BURST, written);
    }
}
