package teleapi.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.World;
import teleapi.sip.message.Header;
import teleapi.sip.message.ParsedMessage;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipParser;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;

/** A far end without a mind: it notes what comes and sends what the test says, right or wrong. */
final class Puppet {
    final DatagramPort port;
    final List<SipMessage> heard = new ArrayList<>();
    Consumer<SipRequest> onRequest = request -> {};

    Puppet(World world, InetSocketAddress bind) {
        try {
            port = world.network().bindDatagram(bind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Loop<Runnable> loop = world.loop("puppet", 100);
        loop.attach(port, (to, payload, from) -> {
            if (SipParser.parse(payload) instanceof ParsedMessage.Message parsed) {
                heard.add(parsed.message());
                if (parsed.message() instanceof SipRequest request) {
                    onRequest.accept(request);
                }
            }
        });
        loop.start(Runnable::run);
    }

    String host() {
        return port.local().getAddress().getHostAddress() + ":" + port.local().getPort();
    }

    void send(String text, Phone to) {
        send(text.replace("\n", "\r\n").getBytes(UTF_8), to.agent.address());
    }

    void send(byte[] bytes, InetSocketAddress to) {
        port.send(ByteBuffer.wrap(bytes), to);
    }

    /** A request with these parts, and an empty line at its end. */
    void request(
            Phone to,
            String method,
            String branch,
            String callId,
            int sequence,
            String fromTag,
            String toTag,
            String more) {
        send(text(to, method, branch, callId, sequence, fromTag, toTag, more), to);
    }

    /** A MESSAGE with this body. */
    void message(Phone to, String branch, String callId, int sequence, String toTag, String more, String body) {
        int length = body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String head = text(to, "MESSAGE", branch, callId, sequence, "p", toTag, more);
        send(head.replace("Content-Length: 0\n\n", "Content-Length: " + length + "\n\n") + body, to);
    }

    String text(
            Phone to,
            String method,
            String branch,
            String callId,
            int sequence,
            String fromTag,
            String toTag,
            String more) {
        return method + " " + to.uri() + " SIP/2.0\n"
                + "Via: SIP/2.0/UDP " + host() + ";branch=z9hG4bK" + branch + "\n"
                + "Max-Forwards: 70\n"
                + "From: <sip:puppet@" + host() + ">;tag=" + fromTag + "\n"
                + "To: <" + to.uri() + ">" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\n"
                + "Call-ID: " + callId + "\n"
                + "CSeq: " + sequence + " " + method + "\n"
                + "Contact: <sip:puppet@" + host() + ">\n"
                + more
                + "Content-Length: 0\n\n";
    }

    /** Answers a request with this To tag, a Contact, and SDP when it is a 2xx to an INVITE. */
    void respond(SipRequest request, int status, String tag, Header... more) {
        SipResponse response = SipResponse.to(request, status, tag)
                .with(new Header("Contact", "<sip:puppet@" + host() + ">"))
                .with(List.of(more));
        if (status == 200 && request.method().equals("INVITE")) {
            response = response.withBody("application/sdp", Phone.SDP);
        }
        var via = request.via();
        send(
                SipWriter.bytes(response),
                new InetSocketAddress(via.host(), via.port().orElse(5060)));
    }

    /** What it has heard of this kind: a method, or a status. */
    List<SipMessage> heard(String what) {
        return heard.stream().filter(message -> kind(message).equals(what)).toList();
    }

    SipResponse response(String what) {
        return (SipResponse) heard(what).getLast();
    }

    List<String> kinds() {
        return heard.stream().map(Puppet::kind).toList();
    }

    String tag(String what) {
        return heard(what).getLast().toTag().orElseThrow();
    }

    Optional<String> header(String what, String name) {
        return heard(what).getLast().header(name);
    }

    private static String kind(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method();
            case SipResponse response -> String.valueOf(response.status());
        };
    }
}
