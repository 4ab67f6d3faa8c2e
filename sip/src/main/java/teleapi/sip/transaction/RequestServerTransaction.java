package teleapi.sip.transaction;

import org.jspecify.annotations.Nullable;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.transport.Path;

/** A request of the far end that is no INVITE; runs {@link RequestServer}. */
final class RequestServerTransaction extends Transaction implements ServerTransaction {
    // Owned by one SIP worker.
    private final ServerKey key;
    private final Path path;
    private ServerUser user;
    private RequestServer.State state;
    private byte @Nullable [] latest;
    private boolean repeated;

    RequestServerTransaction(Transactions table, ServerKey key, Path path, ServerUser user) {
        super(table);
        this.key = key;
        this.path = path;
        this.user = user;
        this.state = RequestServer.start().next();
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
        if (state == RequestServer.State.COMPLETED || state == RequestServer.State.TERMINATED) {
            return;
        }
        latest = SipWriter.bytes(response);
        repeated = false;
        step(response.isProvisional() ? RequestServer.Input.TU_PROVISIONAL : RequestServer.Input.TU_FINAL);
    }

    @Override
    public void receivedAgain(boolean ack) {
        repeated = true;
        step(RequestServer.Input.REQUEST);
    }

    // RFC 3261 §9.2: a CANCEL has no effect on what is no INVITE
    @Override
    public void canceled() {}

    @Override
    public void settled() {}

    /** A connection for the response is gone. */
    void unreachable() {
        step(RequestServer.Input.TRANSPORT_ERROR);
    }

    @Override
    void repeatTimerFired() {
        throw new IllegalStateException("a non-INVITE server transaction repeats nothing by itself");
    }

    @Override
    void endTimerFired() {
        step(RequestServer.Input.TIMER_J);
    }

    private void step(RequestServer.Input input) {
        Step<RequestServer.State> step = RequestServer.on(state, input, path.reliable());
        boolean ends = step.next() == RequestServer.State.TERMINATED && state != RequestServer.State.TERMINATED;
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

    @Override
    void tell() {}

    @Override
    void tellTimeout() {}

    @Override
    void tellUnreachable() {
        user.unreachable();
    }
}
