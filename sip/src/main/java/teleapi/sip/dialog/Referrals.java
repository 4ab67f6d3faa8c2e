package teleapi.sip.dialog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.sip.DialogEvent;
import teleapi.sip.Referral;
import teleapi.sip.SipUri;
import teleapi.sip.auth.Proof;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.Replaces;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ServerTransaction;

/**
 * REFER in one dialog, from either end, and the NOTIFYs that tell what became of it: one at a time each way.
 *
 * <pre>
 * Source  RFC 3515 §2.4; RFC 4488 (no subscription); RFC 6665 §4.2.2; RFC 3891 in Refer-To
 * </pre>
 */
final class Referrals {
    // Owned by the SIP worker of its dialog.
    /** REFERs that one call may bring: more are no person's. */
    private static final int MOST = 10;

    /** NOTIFYs to one REFER of ours: an INVITE has not more provisional responses than that. */
    private static final int MOST_NOTICES = 50;

    /** Seconds; nothing rings longer. */
    private static final int EXPIRES = 600;

    private static final String SIPFRAG = "message/sipfrag;version=2.0";
    private static final byte[] NO_BODY = {};
    private static final String REFER = "refer";

    private final InviteDialog dialog;

    private int came;
    private @Nullable Theirs asked;
    /** The Event of the NOTIFYs that the far end waits for; empty: it wants none. */
    private Optional<String> followed = Optional.empty();

    private boolean open;
    private boolean telling;
    private int toTell;

    private long ours = -1;
    private int notices;

    private record Theirs(Incoming incoming, ServerTransaction transaction, boolean silent) {}

    Referrals(InviteDialog dialog) {
        this.dialog = dialog;
    }

    void take(DialogCommand.Referring command) {
        switch (command) {
            case DialogCommand.AcceptReferral _ -> accept();
            case DialogCommand.RefuseReferral refuse -> refuse(refuse.status(), refuse.reason());
            case DialogCommand.TellReferrer tell -> tell(tell.status());
            case DialogCommand.Refer refer -> refer(refer.target());
        }
    }

    // ---- theirs

    void referred(Incoming incoming, ServerTransaction transaction) {
        SipRequest request = incoming.request();
        switch (dialog.phase()) {
            case LIVE -> {}
            case OVER -> {
                transaction.respond(dialog.response(incoming, 481));
                return;
            }
            case CALLING, RINGING, OFFERING -> {
                transaction.respond(dialog.response(incoming, 491));
                return;
            }
        }
        if (asked != null || open) {
            transaction.respond(dialog.response(incoming, 491));
            return;
        }
        // RFC 3515 §2.4.2: exactly one Refer-To
        List<String> values = request.headers("Refer-To");
        Optional<NameAddress> address =
                values.size() == 1 ? NameAddress.parse(values.getFirst()) : Optional.<NameAddress>empty();
        if (address.isEmpty()) {
            transaction.respond(dialog.response(incoming, 400, "Bad Refer-To"));
            return;
        }
        Optional<SipUri> target = address.get().sipUri();
        if (target.isEmpty()) {
            transaction.respond(dialog.response(incoming, 416));
            return;
        }
        String method = target.get().parameter("method").orElse("INVITE");
        Optional<String> escaped = header(target.get(), "Replaces");
        Optional<Replaces> replaces = escaped.flatMap(Replaces::parse);
        if (!method.equalsIgnoreCase("INVITE") || (escaped.isPresent() && replaces.isEmpty())) {
            transaction.respond(dialog.response(incoming, 400, "Bad Refer-To"));
            return;
        }
        if (++came > MOST) {
            transaction.respond(dialog.response(incoming, 403, "Too Many Transfers"));
            return;
        }
        boolean atHome = dialog.client()
                .filter(incoming.path().remote().getAddress()::equals)
                .isPresent();
        Optional<String> digest = Optional.empty();
        if (!atHome && dialog.client().isPresent()) {
            switch (dialog.station.proof(incoming)) {
                case Proof.Given given -> digest = Optional.of(given.user());
                case Proof.Wanting wanting -> {
                    came--;
                    transaction.respond(wanting.answer()
                            .answer(request, dialog.localTag())
                            .with(new Header("Server", dialog.station.product())));
                    return;
                }
            }
        }
        boolean silent = request.header("Refer-Sub")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("false"))
                .isPresent();
        asked = new Theirs(incoming, transaction, silent);
        dialog.tell(new DialogEvent.Referred(new Referral(target.get().bare(), replaces, atHome, digest)));
    }

    private static Optional<String> header(SipUri uri, String name) {
        return uri.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void accept() {
        Theirs now = asked;
        if (now == null) {
            return;
        }
        asked = null;
        open = true;
        List<Header> more = new ArrayList<>(List.of(dialog.contact(now.incoming())));
        more.add(new Header("Supported", InviteDialog.SUPPORTED));
        if (now.silent()) {
            // RFC 4488 §4: agreed, nothing will be told
            more.add(new Header("Refer-Sub", "false"));
        } else {
            // RFC 3515 §2.4.6: the first one needs no id, each later one has one
            followed = Optional.of(
                    came == 1 ? REFER : REFER + ";id=" + now.incoming().cseq().number());
        }
        now.transaction().respond(dialog.response(now.incoming(), 202).with(more));
        tell(100);
    }

    private void refuse(int status, String reason) {
        Theirs now = asked;
        asked = null;
        if (now != null) {
            now.transaction()
                    .respond(dialog.response(
                            now.incoming(), status, reason.isEmpty() ? Reasons.phrase(status) : reason));
        }
    }

    // one on the way at a time: over UDP two would overtake each other
    private void tell(int status) {
        if (!open) {
            return;
        }
        toTell = status;
        if (telling) {
            return;
        }
        if (followed.isEmpty()) {
            told(status);
        } else {
            sendNotify(status);
        }
    }

    private void sendNotify(int status) {
        boolean last = status >= 200;
        telling = true;
        toTell = 0;
        List<Header> more = new ArrayList<>(List.of(dialog.contact(dialog.transport())));
        more.add(new Header("Event", followed.orElse(REFER)));
        more.add(new Header("Subscription-State", last ? "terminated;reason=noresource" : "active;expires=" + EXPIRES));
        more.add(new Header("Content-Type", SIPFRAG));
        byte[] body = ("SIP/2.0 " + status + " " + Reasons.phrase(status) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        dialog.send("NOTIFY", more, body, new InviteDialog.Outcome() {
            @Override
            public void answered(SipResponse response) {
                if (response.status() == 481) {
                    // RFC 6665 §4.2.2: it does not want to know
                    followed = Optional.empty();
                }
                told(status);
            }

            @Override
            public void failed() {
                followed = Optional.empty();
                told(status);
            }
        });
    }

    private void told(int status) {
        telling = false;
        if (status >= 200) {
            open = false;
            followed = Optional.empty();
            dialog.tell(new DialogEvent.ReferrerTold());
        } else if (toTell > status) {
            tell(toTell);
        }
    }

    // ---- ours

    private void refer(SipUri target) {
        if (dialog.phase() != InviteDialog.Phase.LIVE || ours >= 0) {
            dialog.tell(new DialogEvent.ReferAnswered(491, false));
            return;
        }
        List<Header> more = new ArrayList<>(List.of(dialog.contact(dialog.transport())));
        more.add(new Header("Refer-To", "<" + target + ">"));
        more.add(new Header("Referred-By", "<" + dialog.state().localUri() + ">"));
        more.add(new Header("Allow", InviteDialog.ALLOW));
        more.add(new Header("Supported", InviteDialog.SUPPORTED));
        notices = 0;
        ours = dialog.state().localSequence() + 1;
        dialog.send("REFER", more, NO_BODY, new InviteDialog.Outcome() {
            @Override
            public void answered(SipResponse response) {
                boolean silent = response.header("Refer-Sub")
                        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("false"))
                        .isPresent();
                boolean follows = response.isSuccess() && !silent;
                if (!follows) {
                    ours = -1;
                }
                dialog.tell(new DialogEvent.ReferAnswered(response.status(), follows));
            }

            @Override
            public void failed() {
                ours = -1;
                dialog.tell(new DialogEvent.ReferAnswered(408, false));
            }
        });
    }

    void notified(Incoming incoming, ServerTransaction transaction) {
        SipRequest request = incoming.request();
        String event = request.header("Event").orElse("");
        int semicolon = event.indexOf(';');
        String name = (semicolon < 0 ? event : event.substring(0, semicolon)).trim();
        if (!name.equalsIgnoreCase(REFER)) {
            transaction.respond(dialog.response(incoming, 489).with(new Header("Allow-Events", REFER)));
            return;
        }
        if (ours < 0 || !meant(event, semicolon) || ++notices > MOST_NOTICES) {
            transaction.respond(dialog.response(incoming, 481));
            return;
        }
        Optional<String> state = request.header("Subscription-State");
        if (state.isEmpty()) {
            transaction.respond(dialog.response(incoming, 400, "No Subscription-State"));
            return;
        }
        transaction.respond(dialog.response(incoming, 200).with(dialog.contact(incoming)));
        int status = status(request);
        boolean last = status >= 200 || state.get().toLowerCase(Locale.ROOT).startsWith("terminated");
        if (last) {
            ours = -1;
        }
        dialog.tell(new DialogEvent.Notified(status, last));
    }

    /** RFC 3515 §2.4.6: an id is the CSeq number of the REFER; a challenge may have made it a later one. */
    private boolean meant(String event, int semicolon) {
        int id = semicolon < 0 ? -1 : event.indexOf("id=", semicolon);
        if (id < 0) {
            return true;
        }
        String number = event.substring(id + 3).trim();
        try {
            return Long.parseLong(number) >= ours;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    /** Of the status line that its body begins with; 0 when there is none. */
    private static int status(SipRequest notify) {
        byte[] body = notify.body();
        if (!notify.contentType().orElse("").equals("message/sipfrag") || body.length < 11) {
            return 0;
        }
        String line = new String(body, 0, 11, StandardCharsets.US_ASCII);
        String code = line.substring(8).trim();
        boolean good = line.startsWith("SIP/2.0 ")
                && code.length() == 3
                && code.chars().allMatch(c -> c >= '0' && c <= '9');
        int status = good ? Integer.parseInt(code) : 0;
        return status >= 100 && status < 700 ? status : 0;
    }

    /** The dialog is over: what is open is answered, nothing is sent any more. */
    void close() {
        refuse(487, "");
        open = false;
        followed = Optional.empty();
        ours = -1;
    }
}
