package teleapi.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import teleapi.sip.dialog.Station;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;

/**
 * One MESSAGE of ours, outside of dialogs, with one answer to a challenge.
 *
 * <pre>
 * Thread  its SIP worker's
 * Source  RFC 3428 §4, §8; RFC 3261 §8.1, §22.2
 * </pre>
 */
final class MessageSending {
    // Owned by one SIP worker.
    private final Station station;
    private final OutgoingMessage message;
    private final IntConsumer told;
    private long sequence;

    MessageSending(Station station, OutgoingMessage message, IntConsumer told) {
        this.station = station;
        this.message = message;
        this.told = told;
    }

    void start() {
        send(Optional.empty());
    }

    private void send(Optional<Header> proof) {
        Optional<Hop> hop = message.contact()
                .<Hop>map(contact -> new Hop.Known(Path.to(contact.transport(), contact.source())))
                .or(() -> Hop.of(message.target()));
        if (hop.isEmpty()) {
            told.accept(503);
            return;
        }
        SipRequest bare = request();
        SipRequest request = proof.map(bare::with).orElse(bare);
        station.request(request, hop.get(), new ClientUser() {
            @Override
            public void answered(SipResponse response) {
                if (!response.isProvisional()) {
                    MessageSending.this.answered(response, request, proof.isPresent());
                }
            }

            @Override
            public void failed(Failure failure) {
                told.accept(
                        switch (failure) {
                            case TIMEOUT -> 408;
                            case UNREACHABLE -> 503;
                        });
            }
        });
    }

    private void answered(SipResponse response, SipRequest sent, boolean proved) {
        boolean challenge = response.status() == 401 || response.status() == 407;
        Optional<Header> proof = challenge && !proved
                ? message.credentials().flatMap(own -> station.authorize(response, sent, own))
                : Optional.empty();
        if (proof.isPresent()) {
            send(proof);
        } else {
            told.accept(response.status());
        }
    }

    // RFC 3428 §4: no Contact, it makes no dialog
    private SipRequest request() {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Max-Forwards", "70"));
        headers.add(new Header(
                "From", NameAddress.of(message.from()).withTag(message.id()).toString()));
        headers.add(new Header("To", NameAddress.of(message.to()).toString()));
        headers.add(new Header("Call-ID", message.id()));
        headers.add(new Header("CSeq", new CSeq(++sequence, "MESSAGE").toString()));
        headers.add(new Header("User-Agent", station.product()));
        headers.addAll(message.headers());
        headers.add(new Header("Content-Type", "text/plain;charset=UTF-8"));
        String target =
                message.contact().map(Contact::uri).orElse(message.target()).toString();
        return new SipRequest("MESSAGE", target, headers, message.text().getBytes(StandardCharsets.UTF_8));
    }
}
