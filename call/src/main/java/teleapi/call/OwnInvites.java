package teleapi.call;

import java.util.Optional;
import java.util.function.Function;
import teleapi.sip.IncomingInvite;
import teleapi.sip.SipUri;

/**
 * INVITEs that one of our own calls has sent to a number of ours: they need no proof, and must not go round for ever.
 *
 * <pre>
 * Thread  a SIP worker's; answers from memory
 * Source  CONTRACT section 4: INVITEs that we send carry X-Teleapi-CallSid; STYLE "Nothing is unbounded"
 * </pre>
 */
final class OwnInvites {
    /** More numbers of ours, each dialled by the document of the one before, are no plan but a circle. */
    private static final int MOST_IN_A_ROW = 10;

    private final Function<Sid, Optional<Call>> live;

    OwnInvites(Function<Sid, Optional<Call>> live) {
        this.live = live;
    }

    /** The call that sent it: a live one, on its way to this very number. Empty for every INVITE from outside. */
    Optional<Call> sender(IncomingInvite invite) {
        String number = SipUri.parse(invite.request().requestUri())
                .flatMap(SipUri::user)
                .orElse("");
        return invite.request()
                .header("X-Teleapi-CallSid")
                .flatMap(text -> Sid.parse(Sid.CALL, text))
                .flatMap(live)
                .filter(call -> call.snapshot().direction() != Direction.INBOUND
                        && call.snapshot().to().equals(number));
    }

    /** Whether the way to this call has led through too many numbers of ours. */
    boolean circles(Call sender) {
        Optional<Call> outbound = Optional.of(sender);
        for (int numbers = 0; numbers < MOST_IN_A_ROW; numbers++) {
            outbound = outbound.flatMap(call -> call.origin().dialledBy()).flatMap(this::sender);
            if (outbound.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Optional<Call> sender(Call dialling) {
        return dialling.origin() instanceof Origin.Inbound inbound ? sender(inbound.invite()) : Optional.empty();
    }
}
