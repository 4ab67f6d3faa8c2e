package teleapi.sip.transaction;

import org.jspecify.annotations.Nullable;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.transport.Path;

/** An INVITE of the far end; runs {@link InviteServer}. */
final class InviteServerTransaction extends Transaction implements ServerTransaction {
    // Owned by one SIP worker.
    private final ServerKey key;
    private final Path path;
    private final boolean repeats;
    private ServerUser user;
    private InviteServer.State state;
    private byte @Nullable [] latest;
    private boolean repeated;

    /** {@code repeats}: whether timer G repeats the refusal; not for a source that has proved nothing, which may be a forged one. */
    InviteServerTransaction(Transactions table, ServerKey key, Path path, boolean repeats, ServerUser user) {
        super(table);
        this.key = key;
        this.path = path;
        this.repeats = repeats;
        this.user = user;
        this.state = InviteServer.start().next();
    }

    @Override
    public ServerKey key() {
        return key;
    }

    @Override
    public String tag() {
        return user.localTag();
    }

    @Override
    public void user(ServerUser next) {
        user = next;
    }

    @Override
    public void respond(SipResponse response) {
        InviteServer.Input input = response.isProvisional()
                ? InviteServer.Input.TU_PROVISIONAL
                : response.isSuccess() ? InviteServer.Input.TU_SUCCESS : InviteServer.Input.TU_REFUSAL;
        switch (state) {
            case PROCEEDING -> {
                latest = SipWriter.bytes(response);
                repeated = false;
            }
            // the same 2xx again: it is encoded already
            case ACCEPTED -> repeated = true;
            case COMPLETED, CONFIRMED, TERMINATED -> {
                return;
            }
        }
        step(input);
    }

    @Override
    public void receivedAgain(boolean ack) {
        repeated = true;
        step(ack ? InviteServer.Input.ACK : InviteServer.Input.INVITE);
    }

    @Override
    public void canceled() {
        if (state == InviteServer.State.PROCEEDING) {
            user.canceled();
        }
    }

    @Override
    public void settled() {
        if (state == InviteServer.State.ACCEPTED) {
            latest = null;
        }
    }

    /** A connection for the response is gone. */
    void unreachable() {
        step(InviteServer.Input.TRANSPORT_ERROR);
    }

    @Override
    void repeatTimerFired() {
        repeated = true;
        step(InviteServer.Input.TIMER_G);
    }

    @Override
    void endTimerFired() {
        step(
                switch (state) {
                    case PROCEEDING, COMPLETED, TERMINATED -> InviteServer.Input.TIMER_H;
                    case ACCEPTED -> InviteServer.Input.TIMER_L;
                    case CONFIRMED -> InviteServer.Input.TIMER_I;
                });
    }

    private void step(InviteServer.Input input) {
        Step<InviteServer.State> step = InviteServer.on(state, input, path.reliable() || !repeats);
        boolean ends = step.next() == InviteServer.State.TERMINATED && state != InviteServer.State.TERMINATED;
        state = step.next();
        if (ends) {
            timers.cancel();
            table.remove(this);
        }
        perform(step.outputs());
    }

    @Override
    void send() {
        byte[] bytes = latest;
        if (bytes != null) {
            table.send(bytes, path, "", repeated);
        }
    }

    @Override
    void sendAck() {
        throw new IllegalStateException("a server sends no ACK");
    }

    // The ACK to a 2xx has a branch of its own and goes to the dialog; one with the INVITE's branch is a peer's mistake
    // that does no harm.
    @Override
    void tell() {}

    // Timer H: the far end did not acknowledge a refusal; there is nothing left to do (RFC 3261 §17.2.1)
    @Override
    void tellTimeout() {}

    @Override
    void tellUnreachable() {
        user.unreachable();
    }
}
