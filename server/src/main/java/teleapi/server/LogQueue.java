package teleapi.server;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import teleapi.runtime.Counter;
import teleapi.runtime.Published;

/**
 * The log on its way to who reads it. Who logs does not wait for that: what does not fit is lost, and a line says how much as soon as there is room.
 *
 * <pre>
 * Shape   made by logback.xml; as many lines again are in the hand of its thread
 * Thread  who logs: any; what comes out: its own
 * Source  ADR-0025
 * </pre>
 */
public final class LogQueue extends AsyncAppender {
    /** Whoever logs first after a while wakes the log's thread; that thread lets what is being done go first, and what is logged meanwhile wakes nobody. */
    private static final long GATHERED_NANOS = 20_000_000;

    private final Counter lost = new Counter();

    /** What was logged last, or nearly: whoever logs sets it. */
    private final Published<Optional<ILoggingEvent>> newest = new Published<>(Optional.empty());

    @Override
    protected boolean isDiscardable(ILoggingEvent event) {
        // Asked where only those are taken that are not.
        boolean dropped = super.isDiscardable(event);
        if (dropped) {
            lost.increment();
        }
        return dropped;
    }

    @Override
    protected void put(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            lost.increment();
        } else {
            newest.set(Optional.of(event));
            super.put(event);
        }
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> reader) {
        var told = new Told(reader);
        told.setContext(getContext());
        told.start();
        super.addAppender(told);
    }

    /** Behind the queue, on its thread. */
    private final class Told extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final Appender<ILoggingEvent> reader;
        private long told;

        Told(Appender<ILoggingEvent> reader) {
            this.reader = reader;
        }

        @Override
        protected void append(ILoggingEvent event) {
            // Its thread takes all that waits at once and then comes here with one after the other: a wait for each
            // would be 50 lines a second.
            if (getNumberOfElementsInQueue() == 0
                    && newest.get().filter(event::equals).isPresent()) {
                // Interrupted, as it is at the end, it does not wait.
                LockSupport.parkNanos(this, GATHERED_NANOS);
            }
            long now = lost.count();
            // Not while more are being lost: that would be a line for each.
            if (now > told && getRemainingCapacity() > getQueueSize() / 2) {
                reader.doAppend(line(now - told));
                told = now;
            }
            reader.doAppend(event);
        }

        private ILoggingEvent line(long more) {
            return new LoggingEvent(
                    LogQueue.class.getName(),
                    ((LoggerContext) getContext()).getLogger(LogQueue.class),
                    Level.WARN,
                    more + " lines of the log are lost: nobody read it, or not fast enough",
                    null,
                    null);
        }

        @Override
        public void stop() {
            super.stop();
            reader.stop();
        }
    }
}
