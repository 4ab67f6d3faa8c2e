package teleapi.sip.registrar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import teleapi.sip.Contact;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.SipRequest;
import teleapi.sip.transport.Path;

/**
 * What one REGISTER makes of the bindings of its address of record.
 *
 * <pre>
 * Shape   pure: bindings and request give new bindings, or a refusal that leaves them as they are
 * Units   seconds in messages, nanoseconds in bindings
 * Source  RFC 3261 §10.3
 * </pre>
 */
public final class Registering {
    /** The longest and the usual registration: an hour of a client that has gone silently. */
    public static final int MAX_SECONDS = 3_600;
    /** The shortest: less would be a flood of REGISTERs. */
    public static final int MIN_SECONDS = 60;
    /** Contacts of one address of record: all a person carries, and not a botnet. */
    public static final int MAX_CONTACTS = 10;

    private static final long SECOND = 1_000_000_000L;

    private Registering() {}

    /** What came of it. */
    public sealed interface Outcome {
        /** The bindings from now on, the most recent first. */
        record Bound(List<Binding> bindings) implements Outcome {}

        /** Nothing has changed. */
        record Refused(int status, String reason, List<Header> headers) implements Outcome {}
    }

    /**
     * Decides.
     *
     * @param now the bindings so far, none of them expired
     * @param self our own address, which nobody may register
     */
    public static Outcome register(List<Binding> now, SipRequest request, Path path, SipUri self, long nanos) {
        List<String> contacts = request.headers("Contact");
        String callId = request.callId();
        long sequence = request.cseq().number();
        if (contacts.isEmpty()) {
            return new Outcome.Bound(now);
        }
        if (contacts.contains("*")) {
            return everything(now, contacts, request, callId, sequence);
        }
        if (contacts.size() > MAX_CONTACTS) {
            return refused(403, "Too Many Contacts");
        }
        List<Binding> next = new ArrayList<>(now);
        for (int i = contacts.size() - 1; i >= 0; i--) {
            Optional<NameAddress> address = NameAddress.parse(contacts.get(i));
            Optional<SipUri> uri = address.flatMap(NameAddress::sipUri)
                    .filter(own -> own.scheme().equals("sip"));
            if (uri.isEmpty()) {
                return refused(400, "Contact Is No SIP URI");
            }
            if (sameEndpoint(uri.get(), self)) {
                return refused(403, "Contact Is This Server");
            }
            long seconds = seconds(address.get(), request);
            if (seconds > 0 && seconds < MIN_SECONDS) {
                return new Outcome.Refused(
                        423, "Interval Too Brief", List.of(new Header("Min-Expires", String.valueOf(MIN_SECONDS))));
            }
            if (outdated(next, uri.get(), callId, sequence)) {
                return refused(500, "CSeq Does Not Grow");
            }
            next.removeIf(binding -> binding.contact().uri().sameAs(uri.get()));
            if (seconds > 0) {
                Contact contact = new Contact(uri.get(), path.transport(), path.remote());
                next.addFirst(new Binding(contact, callId, sequence, nanos + Math.min(seconds, MAX_SECONDS) * SECOND));
            }
        }
        return next.size() > MAX_CONTACTS ? refused(403, "Too Many Contacts") : new Outcome.Bound(List.copyOf(next));
    }

    // RFC 3261 §10.2.2: * stands alone, and only to remove
    private static Outcome everything(
            List<Binding> now, List<String> contacts, SipRequest request, String callId, long sequence) {
        if (contacts.size() != 1 || request.expires().orElse(-1) != 0) {
            return refused(400, "Contact * Without Expires 0");
        }
        for (Binding binding : now) {
            if (binding.callId().equals(callId) && binding.sequence() >= sequence) {
                return refused(500, "CSeq Does Not Grow");
            }
        }
        return new Outcome.Bound(List.of());
    }

    private static long seconds(NameAddress address, SipRequest request) {
        String own = address.parameters().getOrDefault("expires", "");
        OptionalLong read = own.isEmpty() ? request.expires() : number(own);
        // RFC 3261 §10.3 step 6: what cannot be read counts as the default
        return read.orElse(MAX_SECONDS);
    }

    private static OptionalLong number(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = Math.min(value * 10 + digit, 0xFFFF_FFFFL);
        }
        return OptionalLong.of(value);
    }

    // RFC 3261 §10.3 step 7
    private static boolean outdated(List<Binding> bindings, SipUri uri, String callId, long sequence) {
        for (Binding binding : bindings) {
            boolean same =
                    binding.contact().uri().sameAs(uri) && binding.callId().equals(callId);
            if (same && binding.sequence() >= sequence) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameEndpoint(SipUri uri, SipUri self) {
        return uri.host().equals(self.host())
                && uri.port().orElse(5060) == self.port().orElse(5060);
    }

    private static Outcome refused(int status, String reason) {
        return new Outcome.Refused(status, reason, List.of());
    }
}
