package teleapi.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import teleapi.runtime.World;
import teleapi.sip.message.Header;

/** A user agent with a person at it, who notes what happens and does what the test told him to. */
final class Phone implements Door {
    static final int LONGEST_MESSAGE = 1_600;

    static final byte[] SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n"
                    .getBytes(UTF_8);
    static final byte[] OTHER_SDP =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n"
                    .getBytes(UTF_8);

    final String name;
    final UserAgent agent;
    final Map<String, String> passwords = new HashMap<>();
    final List<Line> lines = new ArrayList<>();
    final List<IncomingInvite> invites = new ArrayList<>();
    final List<IncomingMessage> messages = new ArrayList<>();
    MessageVerdict textVerdict = new MessageVerdict.Answer(202, "");
    boolean challenges;
    Optional<Admission> verdict = Optional.empty();
    BiConsumer<Line, DialogEvent> habit = (line, event) -> {};
    BiConsumer<Line, IncomingInvite> onInvite = (line, invite) -> {};

    Phone(World world, String name, InetSocketAddress bind) {
        this(world, name, bind, 1);
    }

    Phone(World world, String name, InetSocketAddress bind, int workers) {
        this.name = name;
        try {
            String host = bind.getAddress().getHostAddress();
            agent = UserAgent.start(world, new SipSettings(bind, host, "test", "phone-" + name, workers), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One call of the phone. */
    static final class Line implements DialogListener {
        private final Phone phone;
        final List<DialogEvent> events = new ArrayList<>();
        Optional<Dialog> dialog = Optional.empty();

        Line(Phone phone) {
            this.phone = phone;
        }

        @Override
        public void happened(DialogEvent event) {
            events.add(event);
            phone.habit.accept(this, event);
        }

        Dialog dialog() {
            return dialog.orElseThrow();
        }

        List<String> story() {
            return events.stream().map(Line::word).toList();
        }

        private static String word(DialogEvent event) {
            return switch (event) {
                case DialogEvent.Progressed progressed -> "progressed " + progressed.status();
                case DialogEvent.Answered _ -> "answered";
                case DialogEvent.Refused refused -> "refused " + refused.status();
                case DialogEvent.Canceled _ -> "canceled";
                case DialogEvent.Acknowledged _ -> "acknowledged";
                case DialogEvent.Offered offered -> offered.sdp().isPresent() ? "offered" : "asked for an offer";
                case DialogEvent.Modified _ -> "modified";
                case DialogEvent.ModifyRefused refused -> "modify refused " + refused.status();
                case DialogEvent.Informed informed -> "informed " + informed.contentType();
                case DialogEvent.Referred referred ->
                    "referred to " + referred.referral().target();
                case DialogEvent.ReferrerTold _ -> "referrer told";
                case DialogEvent.ReferAnswered answered -> "refer answered " + answered.status();
                case DialogEvent.Notified notified ->
                    "notified " + notified.status() + (notified.last() ? " last" : "");
                case DialogEvent.Ended ended -> "ended by " + ended.by();
            };
        }

        long finals() {
            return events.stream()
                    .filter(event -> event instanceof DialogEvent.Refused
                            || event instanceof DialogEvent.Canceled
                            || event instanceof DialogEvent.Ended)
                    .count();
        }

        boolean over() {
            return finals() > 0;
        }
    }

    @Override
    public Optional<String> password(String user) {
        return Optional.ofNullable(passwords.get(user));
    }

    @Override
    public int longestMessage() {
        return LONGEST_MESSAGE;
    }

    @Override
    public MessageVerdict messaged(IncomingMessage message) {
        messages.add(message);
        return textVerdict;
    }

    @Override
    public Admission invited(IncomingInvite invite) {
        if (challenges && invite.client().isEmpty()) {
            return new Admission.Challenge();
        }
        invites.add(invite);
        if (verdict.isPresent()) {
            return verdict.get();
        }
        Line line = new Line(this);
        line.dialog = Optional.of(invite.dialog());
        lines.add(line);
        onInvite.accept(line, invite);
        return new Admission.Admit(line);
    }

    SipUri uri() {
        return SipUri.of(
                name,
                agent.address().getAddress().getHostAddress(),
                agent.address().getPort());
    }

    Line call(SipUri target) {
        return call(target, Optional.of(SDP), Optional.empty());
    }

    Line call(SipUri target, Optional<byte[]> offer, Optional<Credentials> credentials) {
        return call(new Invitation(
                target,
                Optional.empty(),
                target.bare(),
                uri(),
                "",
                List.of(new Header("X-Test", "1")),
                offer,
                credentials));
    }

    Line call(Invitation invitation) {
        Line line = new Line(this);
        lines.add(line);
        line.dialog = Optional.of(agent.invite(invitation, line));
        return line;
    }

    /** Rings and answers every call. */
    Phone answers() {
        onInvite = (line, invite) -> {
            invite.dialog().progress(180, Optional.empty(), List.of());
            invite.dialog().answer(SDP, List.of());
        };
        return this;
    }

    Phone rings() {
        onInvite = (line, invite) -> invite.dialog().progress(180, Optional.empty(), List.of());
        return this;
    }
}
