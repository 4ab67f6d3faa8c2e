package teleapi.sip.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.transport.Path;

/** An INVITE of ours; runs {@link InviteClient}. */
final class InviteClientTransaction extends Transaction implements ClientTransaction {
    // Owned by one SIP worker.
    private final String key;
    private final SipRequest request;
    private final byte[] bytes;
    private final Path path;
    private final ClientUser user;
    private InviteClient.State state = InviteClient.State.CALLING;
    private boolean sent;
    private @Nullable SipResponse response;
    private byte @Nullable [] ack;

    InviteClientTransaction(Transactions table, String key, SipRequest request, Path path, ClientUser user) {
        super(table);
        this.key = key;
        this.request = request;
        this.bytes = SipWriter.bytes(request);
        this.path = path;
        this.user = user;
    }

    void start() {
        carryOut(InviteClient.start(path.reliable()));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public void received(SipResponse received) {
        response = received;
        if (received.isProvisional()) {
            step(InviteClient.Input.PROVISIONAL);
        } else {
            step(received.isSuccess() ? InviteClient.Input.SUCCESS : InviteClient.Input.REFUSAL);
        }
    }

    @Override
    public void unreachable() {
        step(InviteClient.Input.TRANSPORT_ERROR);
    }

    @Override
    public void drop() {
        timers.cancel();
        table.remove(this);
        state = InviteClient.State.TERMINATED;
    }

    @Override
    void repeatTimerFired() {
        step(InviteClient.Input.TIMER_A);
    }

    @Override
    void endTimerFired() {
        step(
                switch (state) {
                    case CALLING, PROCEEDING, TERMINATED -> InviteClient.Input.TIMER_B;
                    case ACCEPTED -> InviteClient.Input.TIMER_M;
                    case COMPLETED -> InviteClient.Input.TIMER_D;
                });
    }

    private void step(InviteClient.Input input) {
        carryOut(InviteClient.on(state, input, path.reliable()));
    }

    private void carryOut(Step<InviteClient.State> step) {
        boolean ends = step.next() == InviteClient.State.TERMINATED && state != InviteClient.State.TERMINATED;
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
        byte[] known = ack;
        SipResponse refusal = response;
        if (known == null && refusal != null) {
            known = SipWriter.bytes(ackTo(refusal));
            ack = known;
        }
        if (known != null) {
            table.send(known, path, "", false);
        }
    }

    // RFC 3261 §17.1.1.3: the Request-URI, top Via, From, Call-ID and Routes of the INVITE, the To of the response
    private SipRequest ackTo(SipResponse refusal) {
        List<Header> headers = new ArrayList<>();
        boolean top = true;
        for (Header header : request.headers()) {
            switch (header.name()) {
                case "Via" -> {
                    if (top) {
                        headers.add(header);
                        top = false;
                    }
                }
                case "From", "Call-ID", "Route", "Max-Forwards" -> headers.add(header);
                case "To" -> headers.add(new Header("To", refusal.header("To").orElse(header.value())));
                case "CSeq" ->
                    headers.add(new Header("CSeq", new CSeq(request.cseq().number(), "ACK").toString()));
                default -> {}
            }
        }
        return new SipRequest("ACK", request.requestUri(), headers, Transactions.NO_BODY);
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
