package teleapi.sip.transaction;

import org.jspecify.annotations.Nullable;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.transport.Path;

/** A request of ours that is no INVITE; runs {@link RequestClient}. */
final class RequestClientTransaction extends Transaction implements ClientTransaction {
    // Owned by one SIP worker.
    private final String key;
    private final byte[] bytes;
    private final Path path;
    private final ClientUser user;
    private RequestClient.State state = RequestClient.State.TRYING;
    private boolean sent;
    private @Nullable SipResponse response;

    RequestClientTransaction(Transactions table, String key, SipRequest request, Path path, ClientUser user) {
        super(table);
        this.key = key;
        this.bytes = SipWriter.bytes(request);
        this.path = path;
        this.user = user;
    }

    void start() {
        carryOut(RequestClient.start(path.reliable()));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public void received(SipResponse received) {
        response = received;
        step(received.isProvisional() ? RequestClient.Input.PROVISIONAL : RequestClient.Input.FINAL);
    }

    @Override
    public void unreachable() {
        step(RequestClient.Input.TRANSPORT_ERROR);
    }

    @Override
    public void drop() {
        timers.cancel();
        table.remove(this);
        state = RequestClient.State.TERMINATED;
    }

    @Override
    void repeatTimerFired() {
        step(RequestClient.Input.TIMER_E);
    }

    @Override
    void endTimerFired() {
        step(
                switch (state) {
                    case TRYING, PROCEEDING, TERMINATED -> RequestClient.Input.TIMER_F;
                    case COMPLETED -> RequestClient.Input.TIMER_K;
                });
    }

    private void step(RequestClient.Input input) {
        carryOut(RequestClient.on(state, input, path.reliable()));
    }

    private void carryOut(Step<RequestClient.State> step) {
        boolean ends = step.next() == RequestClient.State.TERMINATED && state != RequestClient.State.TERMINATED;
        state = step.next();
        if (ends) {
            timers.cancel();
            table.remove(this);
        }
        perform(step.outputs());
    }

    @Override
    void send() {
        table.send(bytes, path, key, sent);
        sent = true;
    }

    @Override
    void sendAck() {
        throw new IllegalStateException("only an INVITE is acknowledged");
    }

    @Override
    void tell() {
        SipResponse told = response;
        response = null;
        if (told != null) {
            user.answered(told);
        }
    }

    @Override
    void tellTimeout() {
        user.failed(ClientUser.Failure.TIMEOUT);
    }

    @Override
    void tellUnreachable() {
        user.failed(ClientUser.Failure.UNREACHABLE);
    }
}
