package teleapi.sip.dialog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.Intervals;
import teleapi.sip.transaction.ServerTransaction;

/** Repeats a 2xx to an INVITE until its ACK comes, over TCP too (RFC 3261 §13.3.1.4). */
final class AnswerRepeater {
    // Owned by the SIP worker of its dialog.
    private final Station station;
    private final Runnable unacknowledged;
    private @Nullable ServerTransaction transaction;
    private @Nullable SipResponse answer;
    private Loop.@Nullable Timer timer;
    private long interval;
    private long end;

    AnswerRepeater(Station station, Runnable unacknowledged) {
        this.station = station;
        this.unacknowledged = unacknowledged;
    }

    /** Sends it now, after T1, and then twice as long each time up to T2; tells the dialog after 64 T1. */
    void start(ServerTransaction of, SipResponse response) {
        transaction = of;
        answer = response;
        interval = Intervals.T1;
        long now = station.time().nanos();
        end = now + Intervals.LIMIT;
        of.respond(response);
        arm(now);
    }

    /** The ACK has come, or nobody waits for it any more. */
    void stop() {
        if (timer != null) {
            timer.cancel();
        }
        Optional.ofNullable(transaction).ifPresent(ServerTransaction::settled);
        transaction = null;
        answer = null;
    }

    private void arm(long now) {
        if (timer == null) {
            timer = station.timers().timer(this::fired);
        }
        timer.at(Math.min(now + interval, end));
    }

    private void fired() {
        ServerTransaction of = transaction;
        SipResponse response = answer;
        if (of == null || response == null) {
            return;
        }
        long now = station.time().nanos();
        if (now >= end) {
            stop();
            unacknowledged.run();
            return;
        }
        of.respond(response);
        interval = Math.min(2 * interval, Intervals.T2);
        arm(now);
    }
}
