package teleapi.sip.transaction;

import teleapi.runtime.Loop;

/** Where a SIP worker's timers come from: its loop. */
@FunctionalInterface
public interface Timers {
    Loop.Timer timer(Runnable action);
}
