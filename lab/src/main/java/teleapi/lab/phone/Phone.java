package teleapi.lab.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import teleapi.media.codec.G711;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sdp.Direction;
import teleapi.media.sdp.OfferAnswer;
import teleapi.media.sdp.Outcome;
import teleapi.media.sdp.PayloadType;
import teleapi.rcml.Message;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.World;
import teleapi.sip.Admission;
import teleapi.sip.Credentials;
import teleapi.sip.Dialog;
import teleapi.sip.DialogEvent;
import teleapi.sip.Door;
import teleapi.sip.IncomingInvite;
import teleapi.sip.IncomingMessage;
import teleapi.sip.Invitation;
import teleapi.sip.MessageVerdict;
import teleapi.sip.OutgoingMessage;
import teleapi.sip.SipSettings;
import teleapi.sip.SipUri;
import teleapi.sip.UserAgent;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Replaces;

/**
 * A phone with one line: does what it is told, sends a tone while it is in a call, and says what happens and what it hears.
 *
 * <pre>
 * Thread  methods: any; they post to the phone's loop. Events are told on that loop and must not wait
 * Errors  IOException from open when a port cannot be bound; what does not fit the state of the call is dropped
 * </pre>
 */
public final class Phone implements Door {
    private final World world;
    private final PhoneSettings settings;
    private final Consumer<PhoneEvent> told;
    private final Loop<Runnable> loop;
    private final DatagramPort rtp;
    private final UserAgent sip;
    private final PhoneSound sound;
    private final Published<Optional<Replaces>> replaces = new Published<>(Optional.empty());
    private final Published<Hearing> hearing = new Published<>(Hearing.NOTHING);
    private final Published<Integer> textAnswer = new Published<>(200);
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<byte[]> offered = Optional.empty();
    private OfferAnswer session;
    private Line line = new Line();

    /** Tells one call from the next: what an earlier one still says is no longer listened to. */
    private static final class Line {}

    private Phone(World world, PhoneSettings settings, PhoneGear gear, Consumer<PhoneEvent> told) throws IOException {
        this.world = world;
        this.settings = settings;
        this.told = told;
        this.loop = world.loop("phone " + settings.name(), 1_000);
        this.rtp = world.network()
                .bindDatagram(new InetSocketAddress(settings.bind().getAddress(), 0));
        var none = new PayloadType(0, G711.PCMU);
        this.sound = new PhoneSound(
                world.time(),
                loop,
                rtp,
                gear,
                new Listening(settings.partyTones()),
                (int) world.random().nextLong(),
                new AudioStream(
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        none,
                        List.of(none),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        8000,
                        Direction.INACTIVE,
                        false,
                        20),
                this::notice);
        loop.attach(rtp, (port, datagram, from) -> sound.received(datagram));
        this.session = fresh();
        loop.start(Runnable::run);
        this.sip = UserAgent.start(
                world,
                new SipSettings(settings.bind(), host(settings.bind()), "phone", "teleapi-phone", 1),
                this,
                gear.trace());
    }

    public static Phone open(World world, PhoneSettings settings, Consumer<PhoneEvent> told) throws IOException {
        return open(world, settings, PhoneGear.plain(settings), told);
    }

    /** With another voice, an ear, a trace. */
    public static Phone open(World world, PhoneSettings settings, PhoneGear gear, Consumer<PhoneEvent> told)
            throws IOException {
        return new Phone(world, settings, gear, told);
    }

    public InetSocketAddress address() {
        return sip.address();
    }

    public String name() {
        return settings.name();
    }

    public int tone() {
        return settings.tone();
    }

    /** What it hears now. */
    public Hearing hearing() {
        return hearing.get();
    }

    public void register(InetSocketAddress registrar, String password) {
        sip.register(
                new SipUri(
                        "sip",
                        Optional.empty(),
                        host(registrar),
                        OptionalInt.of(registrar.getPort()),
                        Map.of(),
                        Map.of()),
                SipUri.of(settings.name(), host(registrar), registrar.getPort()),
                new Credentials(settings.name(), password),
                status -> told.accept(new PhoneEvent.Registered(status)));
    }

    /** Calls; {@code password} answers a digest challenge. */
    public void call(SipUri target, SipUri from, Optional<String> password, List<Header> headers) {
        var mine = new Line();
        loop.post(() -> {
            line = mine;
            session = fresh().offer();
            dialog = Optional.of(sip.invite(
                    new Invitation(
                            target,
                            Optional.empty(),
                            target.bare(),
                            from,
                            "",
                            headers,
                            Optional.of(session.sdp()),
                            password.map(secret -> new Credentials(settings.name(), secret))),
                    event -> loop.post(() -> happened(mine, event))));
        });
    }

    /** Sends a text message; {@code password} answers a digest challenge. */
    public void text(SipUri target, SipUri from, Optional<String> password, String text) {
        sip.send(
                new OutgoingMessage(
                        Long.toHexString(world.random().nextLong()),
                        target,
                        Optional.empty(),
                        target.bare(),
                        from,
                        List.of(),
                        text,
                        password.map(secret -> new Credentials(settings.name(), secret))),
                status -> loop.post(() -> told.accept(new PhoneEvent.TextAnswered(status))));
    }

    /** What it says to text messages from now on; 200 before. */
    public void answerTexts(int status) {
        textAnswer.set(status);
    }

    /** 180, or 183 with its tone as early media. */
    public void ring(boolean earlyMedia) {
        loop.post(() -> dialog.ifPresent(call -> {
            if (earlyMedia) {
                call.progress(183, Optional.of(answerSdp()), List.of());
            } else {
                call.progress(180, Optional.empty(), List.of());
            }
        }));
    }

    public void answer() {
        loop.post(() -> dialog.ifPresent(call -> call.answer(answerSdp(), List.of())));
    }

    public void refuse(int status) {
        loop.post(() -> dialog.ifPresent(call -> {
            call.refuse(status, "Refused", List.of());
            over();
        }));
    }

    /** CANCEL or BYE. */
    public void hangUp() {
        loop.post(() -> {
            dialog.ifPresent(Dialog::hangUp);
            over();
        });
    }

    /** re-INVITE that holds the other side, or takes it back. */
    public void hold(boolean on) {
        loop.post(() -> dialog.ifPresent(call -> {
            session = session.offer();
            String sdp = new String(session.sdp(), java.nio.charset.StandardCharsets.UTF_8);
            call.modify((on ? sdp.replace("a=sendrecv", "a=sendonly") : sdp)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }));
    }

    /** Whether its tone goes out, or silence. */
    public void talk(boolean on) {
        loop.post(() -> sound.talk(on));
    }

    /** Presses keys: telephone-event. */
    public void press(String digits) {
        loop.post(() -> sound.press(digits));
    }

    /** REFER: the other side of its call is to be connected to the target. */
    public void refer(SipUri target) {
        loop.post(() -> dialog.ifPresent(call -> call.refer(target)));
    }

    /** 202 to a REFER. */
    public void acceptReferral() {
        loop.post(() -> dialog.ifPresent(Dialog::acceptReferral));
    }

    /** Refuses a REFER. */
    public void refuseReferral(int status) {
        loop.post(() -> dialog.ifPresent(call -> call.refuseReferral(status, "Refused")));
    }

    /** NOTIFY of how far its own call to the target has come. */
    public void tellReferrer(int status) {
        loop.post(() -> dialog.ifPresent(call -> call.tellReferrer(status)));
    }

    /** Its dialog, as a Replaces names it to the far end; empty before there is one. */
    public Optional<Replaces> replaces() {
        return replaces.get();
    }

    /** Sends digits by INFO. */
    public void inform(char digit) {
        loop.post(() -> dialog.ifPresent(call -> call.inform(
                "application/dtmf-relay",
                ("Signal=" + digit + "\r\nDuration=160\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    }

    public void close() {
        sip.close();
        rtp.close();
        loop.close();
    }

    // ---- SIP, on a worker of the user agent

    @Override
    public Optional<String> password(String user) {
        return Optional.empty();
    }

    @Override
    public Admission invited(IncomingInvite invite) {
        String from = invite.request()
                .header("From")
                .flatMap(NameAddress::parse)
                .map(NameAddress::uri)
                .orElse("");
        String callSid = invite.request().header("X-Teleapi-CallSid").orElse("");
        var mine = new Line();
        loop.post(() -> {
            if (dialog.isPresent()) {
                invite.dialog().refuse(486, "Busy Here", List.of());
                return;
            }
            line = mine;
            dialog = Optional.of(invite.dialog());
            session = fresh();
            offered = Optional.of(invite.request().body()).filter(body -> body.length > 0);
            invite.request().fromTag().ifPresent(this::named);
            told.accept(new PhoneEvent.Invited(from, callSid));
        });
        return new Admission.Admit(event -> loop.post(() -> happened(mine, event)));
    }

    @Override
    public int longestMessage() {
        return Message.MAX_BODY;
    }

    @Override
    public MessageVerdict messaged(IncomingMessage message) {
        String from = message.request().from().uri();
        int status = textAnswer.get();
        if (status < 300) {
            loop.post(() -> told.accept(new PhoneEvent.Texted(from, message.text())));
        }
        return new MessageVerdict.Answer(status, "");
    }

    /** The address rather than a name: what stands in SDP and Contact must not need a resolver. */
    private static String host(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    // ---- on the phone's loop

    private OfferAnswer fresh() {
        return OfferAnswer.begin(
                host(settings.bind()), rtp.local().getPort(), world.random().nextLong());
    }

    private byte[] answerSdp() {
        if (offered.isEmpty()) {
            session = session.offer();
        } else if (session.said().isEmpty() && session.answer(offered.get()) instanceof Outcome.Agreed agreed) {
            session = agreed.next();
            sound.start(agreed.stream());
        }
        return session.sdp();
    }

    private void happened(Line from, DialogEvent event) {
        if (!from.equals(line)) {
            return;
        }
        switch (event) {
            case DialogEvent.Progressed progressed -> {
                progressed.sdp().ifPresent(this::accepted);
                progressed.tag().ifPresent(this::named);
                told.accept(new PhoneEvent.Progressed(
                        progressed.status(), progressed.sdp().isPresent()));
            }
            case DialogEvent.Answered answered -> {
                answered.sdp().ifPresent(this::accepted);
                answered.headers().stream()
                        .filter(header -> header.is("To"))
                        .flatMap(header -> NameAddress.parse(header.value()).stream())
                        .flatMap(to -> to.tag().stream())
                        .findFirst()
                        .ifPresent(this::named);
                told.accept(new PhoneEvent.Answered(answered.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("X-Teleapi-CallSid"))
                        .map(Header::value)
                        .findFirst()
                        .orElse("")));
            }
            case DialogEvent.Refused refused -> {
                over();
                told.accept(new PhoneEvent.Refused(refused.status()));
            }
            case DialogEvent.Canceled canceled -> {
                over();
                told.accept(new PhoneEvent.Canceled());
            }
            case DialogEvent.Ended ended -> {
                boolean ours = dialog.isEmpty();
                over();
                if (!ours) {
                    told.accept(new PhoneEvent.Ended(ended.by() == DialogEvent.By.FAR_END));
                }
            }
            case DialogEvent.Offered reoffered -> reoffered(reoffered);
            case DialogEvent.Acknowledged acknowledged -> acknowledged.sdp().ifPresent(this::accepted);
            case DialogEvent.Modified modified -> accepted(modified.sdp());
            case DialogEvent.ModifyRefused refused -> {}
            case DialogEvent.Informed informed -> {}
            case DialogEvent.Referred referred ->
                told.accept(new PhoneEvent.Referred(referred.referral().target().toString()));
            case DialogEvent.ReferrerTold heard -> {}
            case DialogEvent.ReferAnswered answered -> told.accept(new PhoneEvent.ReferAnswered(answered.status()));
            case DialogEvent.Notified notified -> told.accept(new PhoneEvent.Notified(notified.status()));
        }
    }

    private void named(String theirTag) {
        replaces.set(dialog.map(call -> new Replaces(call.callId(), theirTag, call.localTag(), false)));
    }

    private void reoffered(DialogEvent.Offered reoffered) {
        byte[] answer;
        boolean held = false;
        if (reoffered.sdp().isPresent() && session.answer(reoffered.sdp().get()) instanceof Outcome.Agreed agreed) {
            session = agreed.next();
            sound.start(agreed.stream());
            held = agreed.stream().onHold();
            answer = session.sdp();
        } else {
            session = session.offer();
            answer = session.sdp();
        }
        dialog.ifPresent(call -> call.accept(answer));
        told.accept(new PhoneEvent.Reoffered(held));
    }

    private void accepted(byte[] sdp) {
        if (session.accept(sdp) instanceof Outcome.Agreed agreed) {
            session = agreed.next();
            sound.start(agreed.stream());
        }
    }

    private void over() {
        dialog = Optional.empty();
        offered = Optional.empty();
        sound.stop();
        hearing.set(Hearing.NOTHING);
    }

    private void notice(PhoneEvent event) {
        if (event instanceof PhoneEvent.Hears hears) {
            hearing.set(hears.hearing());
        }
        told.accept(event);
    }
}
