package teleapi.sip.transaction;

import java.util.List;

/** What the four transactions share: their machine's outputs are carried out here. */
abstract sealed class Transaction
        permits InviteClientTransaction, RequestClientTransaction, InviteServerTransaction, RequestServerTransaction {
    // Owned by one SIP worker.
    final Transactions table;
    final TransactionTimers timers;

    Transaction(Transactions table) {
        this.table = table;
        this.timers = new TransactionTimers(this, table.time(), table.timers());
    }

    final void perform(List<Output> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            perform(outputs.get(i));
        }
    }

    private void perform(Output output) {
        switch (output) {
            case SEND -> send();
            case SEND_ACK -> sendAck();
            case TELL -> tell();
            case TELL_TIMEOUT -> tellTimeout();
            case TELL_UNREACHABLE -> tellUnreachable();
            // RFC 3261 §17.1.1.2: timer A doubles without bound, timer B ends it
            case SET_A -> timers.repeat(Intervals.LIMIT);
            case SET_E, SET_G -> timers.repeat(Intervals.T2);
            case SET_E_SLOW -> timers.repeatIn(Intervals.T2);
            case STOP_A, STOP_E, STOP_G -> timers.stopRepeating();
            case SET_B, SET_D, SET_F, SET_H, SET_J, SET_L, SET_M -> timers.endIn(Intervals.LIMIT);
            case STOP_B -> timers.stopEnd();
            case SET_I, SET_K -> timers.endIn(Intervals.T4);
        }
    }

    abstract void send();

    abstract void sendAck();

    abstract void tell();

    abstract void tellTimeout();

    abstract void tellUnreachable();

    abstract void repeatTimerFired();

    abstract void endTimerFired();
}
