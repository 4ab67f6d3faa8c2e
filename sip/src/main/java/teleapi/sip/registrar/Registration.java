package teleapi.sip.registrar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import teleapi.runtime.Loop;
import teleapi.sip.Credentials;
import teleapi.sip.SipUri;
import teleapi.sip.dialog.Station;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transport.Hop;

/**
 * Keeps one address of record registered elsewhere.
 *
 * <pre>
 * Thread  the first SIP worker's
 * Source  RFC 3261 §10.2, §22.2
 * </pre>
 */
public final class Registration {
    // Owned by the first SIP worker.
    private static final long SECOND = 1_000_000_000L;
    private static final int FIRST_WAIT = 5;
    private static final int LONGEST_WAIT = 300;

    private final Station station;
    private final SipUri registrar;
    private final SipUri addressOfRecord;
    private final Credentials credentials;
    private final IntConsumer told;
    private final String callId;
    private final String tag;
    private final Loop.Timer next;
    private long sequence;
    private int seconds = Registering.MAX_SECONDS;
    private int wait = FIRST_WAIT;
    private Optional<Runnable> gone = Optional.empty();

    public Registration(
            Station station,
            SipUri registrar,
            SipUri addressOfRecord,
            Credentials credentials,
            IntConsumer told,
            String callId,
            String tag) {
        this.station = station;
        this.registrar = registrar;
        this.addressOfRecord = addressOfRecord;
        this.credentials = credentials;
        this.told = told;
        this.callId = callId;
        this.tag = tag;
        this.next = station.timers().timer(this::start);
    }

    /** Registers now, and again before it expires. */
    public void start() {
        send(Optional.empty());
    }

    /** Gives it up; {@code then} runs when the registrar has said something to it, or nothing at all. */
    public void close(Runnable then) {
        gone = Optional.of(then);
        next.cancel();
        seconds = 0;
        send(Optional.empty());
    }

    private void send(Optional<SipResponse> challengedBy) {
        Optional<Hop> hop = Hop.of(registrar);
        if (hop.isEmpty()) {
            failed(503);
            return;
        }
        SipRequest bare = request(hop.get());
        Optional<Header> proof = challengedBy.flatMap(response -> station.authorize(response, bare, credentials));
        SipRequest request = proof.map(bare::with).orElse(bare);
        station.request(request, hop.get(), new ClientUser() {
            @Override
            public void answered(SipResponse response) {
                if (!response.isProvisional()) {
                    Registration.this.answered(response, challengedBy.isPresent());
                }
            }

            @Override
            public void failed(Failure failure) {
                Registration.this.failed(failure == Failure.TIMEOUT ? 408 : 503);
            }
        });
    }

    private SipRequest request(Hop hop) {
        List<Header> headers = new ArrayList<>();
        NameAddress own = NameAddress.of(addressOfRecord.bare());
        headers.add(new Header("Max-Forwards", "70"));
        headers.add(new Header("From", own.withTag(tag).toString()));
        headers.add(new Header("To", own.toString()));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", new CSeq(++sequence, "REGISTER").toString()));
        headers.add(station.contact(addressOfRecord.user().orElse(""), hop.transport()));
        headers.add(new Header("Expires", String.valueOf(seconds)));
        headers.add(new Header("User-Agent", station.product()));
        return new SipRequest("REGISTER", registrar.toString(), headers, new byte[0]);
    }

    private void answered(SipResponse response, boolean proved) {
        if ((response.status() == 401 || response.status() == 407) && !proved) {
            send(Optional.of(response));
        } else if (response.status() == 423
                && gone.isEmpty()
                && response.header("Min-Expires").flatMap(Registration::number).orElse(0) > seconds) {
            // RFC 3261 §10.2.8
            seconds =
                    response.header("Min-Expires").flatMap(Registration::number).orElse(seconds);
            send(Optional.empty());
        } else if (response.isSuccess()) {
            told.accept(response.status());
            wait = FIRST_WAIT;
            if (gone.isPresent()) {
                gone.get().run();
            } else {
                refreshBefore(granted(response));
            }
        } else {
            failed(response.status());
        }
    }

    private void refreshBefore(int granted) {
        int early = Math.min(60, Math.max(granted / 10, 1));
        next.at(station.time().nanos() + Math.max(granted - early, 1) * SECOND);
    }

    // RFC 3261 §10.2.4: the registrar says how long, at our own Contact
    private int granted(SipResponse response) {
        Optional<String> own = response.addresses("Contact").stream()
                .filter(contact -> contact.sipUri().flatMap(SipUri::user).equals(addressOfRecord.user()))
                .map(contact -> contact.parameters().getOrDefault("expires", ""))
                .findFirst();
        int header = (int) Math.min(response.expires().orElse(seconds), Registering.MAX_SECONDS);
        return own.flatMap(Registration::number).orElse(header);
    }

    private static Optional<Integer> number(String text) {
        if (text.isEmpty() || text.length() > 6) {
            return Optional.empty();
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            value = value * 10 + digit;
        }
        return Optional.of(value);
    }

    private void failed(int status) {
        told.accept(status);
        if (gone.isPresent()) {
            gone.get().run();
        } else {
            // twice as long each time, a little scattered: many phones must not come back at the same instant
            long scatter = station.random().below(1_000) * 1_000_000L;
            next.at(station.time().nanos() + wait * SECOND + scatter);
            wait = Math.min(2 * wait, LONGEST_WAIT);
        }
    }
}
