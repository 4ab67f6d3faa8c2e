package teleapi.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.Via;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;

/** What a server does to the top Via of a request (RFC 3261 §18.2.1, RFC 3581 §4). */
final class Vias {
    private Vias() {}

    /** The request with received and rport filled in from the packet's source, whatever the sender had written there. */
    static Incoming incoming(SipRequest request, Via via, Path path) {
        Via marked = marked(via, path.remote());
        SipRequest own = marked.equals(via) ? request : replacingTop(request, marked);
        return new Incoming(own, marked, own.cseq(), own.callId(), own.fromTag().orElse(""), own.toTag(), path);
    }

    static Via marked(Via via, InetSocketAddress source) {
        String address = Hop.host(source.getAddress());
        boolean elsewhere = !via.host().equals(address);
        if (!elsewhere && !via.asksForRport() && via.received().isEmpty()) {
            return via;
        }
        String bare = address.charAt(0) == '[' ? address.substring(1, address.length() - 1) : address;
        Via received = via.with("received", bare);
        return via.asksForRport() ? received.with("rport", String.valueOf(source.getPort())) : received;
    }

    private static SipRequest replacingTop(SipRequest request, Via top) {
        List<Header> headers = new ArrayList<>(request.headers().size() + 2);
        boolean done = false;
        for (Header header : request.headers()) {
            if (done || !header.is("Via")) {
                headers.add(header);
                continue;
            }
            done = true;
            headers.add(new Header("Via", top.toString()));
            if (header.value().indexOf(',') >= 0) {
                // a list in one line: the others follow, each on its own
                SipRequest line =
                        new SipRequest(request.method(), request.requestUri(), List.of(header), request.body());
                line.headers("Via").stream().skip(1).forEach(value -> headers.add(new Header("Via", value)));
            }
        }
        return new SipRequest(request.method(), request.requestUri(), headers, request.body());
    }
}
