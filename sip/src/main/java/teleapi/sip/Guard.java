package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;

/** Digest, both ways (stub until teleapi.sip.auth is there). */
final class Guard {
    Guard(Shared shared) {}

    sealed interface Proof {
        record Proved(String user) implements Proof {}

        record Missing() implements Proof {}

        record Wrong(boolean stale) implements Proof {}
    }

    Proof check(Incoming incoming, boolean proxy) {
        return new Proof.Missing();
    }

    List<Header> challenge(Incoming incoming, boolean proxy, boolean stale) {
        return List.of();
    }

    Optional<Header> authorize(SipResponse challenge, SipRequest challenged, Credentials credentials) {
        return Optional.empty();
    }
}
