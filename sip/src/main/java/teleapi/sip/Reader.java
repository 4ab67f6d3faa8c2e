package teleapi.sip;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;
import teleapi.sip.message.ParsedMessage;
import teleapi.sip.message.ResponseRules;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipParser;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.transport.Connections;
import teleapi.sip.transport.Path;

/** Reads the sockets, and hands each message to the worker that owns its Call-ID. */
final class Reader implements DatagramReceiver, Connections.Receiver {
    // Owner: the first worker's thread.
    /** An answer to someone who has proved nothing is at most this many times what was sent: we are no amplifier. */
    private static final int AMPLIFICATION = 3;

    private final Shared shared;
    private final SipWorker first;
    private final Connections connections;

    Reader(Shared shared, SipWorker first) {
        this.shared = shared;
        this.first = first;
        this.connections =
                new Connections(shared.loops().getFirst(), shared.world().time(), this);
    }

    Connections connections() {
        return connections;
    }

    @Override
    public void received(DatagramPort port, ByteBuffer payload, InetSocketAddress from) {
        int size = payload.remaining();
        take(SipParser.parse(payload), Path.udp(from), size);
    }

    @Override
    public void received(ParsedMessage message, Path path) {
        take(message, path, SipParser.LONGEST_MESSAGE);
    }

    private void take(ParsedMessage parsed, Path path, int size) {
        switch (parsed) {
            case ParsedMessage.Message(SipResponse response) when !ResponseRules.accepts(response) -> first.dropped();
            case ParsedMessage.Message message -> dispatch(message.message(), path);
            case ParsedMessage.Malformed malformed -> answer(malformed, path, size);
            case ParsedMessage.KeepAlive _ -> {}
            case ParsedMessage.NotSip _ -> first.dropped();
        }
    }

    private void dispatch(SipMessage message, Path path) {
        String method = switch (message) {
            case SipRequest request -> request.method();
            case SipResponse response -> response.cseq().method();
        };
        int worker = shared.worker(method, message.callId());
        WorkerMessage.Arrived arrived = new WorkerMessage.Arrived(message, path);
        if (worker == 0) {
            first.handle(arrived);
        } else if (!shared.loops().get(worker).offer(arrived)) {
            first.dropped();
        }
    }

    // RFC 3261 §8.2, §21.4: what is wrong is said once, without memory
    private void answer(ParsedMessage.Malformed malformed, Path path, int size) {
        first.dropped();
        Optional<SipRequest> request =
                malformed.request().filter(part -> !part.method().equals("ACK"));
        if (request.isPresent()) {
            String tag = Long.toHexString(
                    shared.secret() ^ request.get().requestUri().hashCode());
            byte[] bytes = SipWriter.bytes(SipResponse.to(request.get(), malformed.status(), malformed.reason(), tag));
            if (bytes.length <= AMPLIFICATION * size) {
                first.send(bytes, path);
            }
        }
    }

    @Override
    public void unreachable(Connections.Lost lost) {
        shared.loops().get(lost.worker()).post(new WorkerMessage.Unreachable(lost.token()));
    }
}
