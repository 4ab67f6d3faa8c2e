package teleapi.lab.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import teleapi.lab.SipWords;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.lab.phone.Recording;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.sip.SipUri;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipResponse;

/**
 * A phone on a command line: waits in one place for what happens, for keys and for its deadlines, and says what it notices.
 *
 * <pre>
 * Thread  main's
 * Errors  what goes wrong is told in one line; exit status 1
 * </pre>
 */
final class DeskPhone {
    // Owner: the main thread.

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final World world;
    private final PhoneJob job;
    private final Screen screen;
    private final Mailbox<Happening> box;
    private final LevelMeter meter = new LevelMeter();
    private final Recording recording = new Recording();
    private final Phone phone;

    private Deadline answerAt = Deadline.NEVER;
    private Deadline hangUpAt = Deadline.NEVER;
    private Deadline giveUpAt = Deadline.NEVER;
    private boolean talked;
    private boolean inCall;
    private boolean ringing;
    private boolean held;
    private boolean muted;
    private boolean done;
    private boolean failed;

    private DeskPhone(World world, PhoneJob job, Screen screen) throws IOException {
        this.world = world;
        this.job = job;
        this.screen = screen;
        this.box = world.mailbox("desk phone", 10_000);
        var gear = new PhoneGear(
                job.voice(),
                recording.and(meter),
                (at, sent, transport, peer, message) -> box.offer(
                        new Happening.Passed(sent, message, world.time().nanos())));
        this.phone = Phone.open(
                world,
                new PhoneSettings(job.user(), job.bind(), 0, List.of()),
                gear,
                event -> box.offer(new Happening.Noticed(event, world.time().nanos())));
    }

    /** Answers the exit status: 0 when there was a call. */
    static int run(World world, PhoneJob job, boolean terminal) throws IOException {
        var screen = new Screen(System.out, terminal, job.quiet(), world.time().nanos());
        var desk = new DeskPhone(world, job, screen);
        try {
            if (!terminal) {
                return desk.play();
            }
            try (var _ = Keyboard.open(world, key -> desk.box.offer(new Happening.Key(key)))) {
                return desk.play();
            }
        } finally {
            screen.wipe();
            desk.phone.close();
        }
    }

    private int play() throws IOException {
        screen.line(world.time().nanos(), "a phone at sip:" + job.user() + "@" + address());
        giveUpAt = job.patience().map(world.time()::after).orElse(Deadline.NEVER);
        if (job.registrar().isPresent()) {
            phone.register(job.registrar().get(), job.password());
        } else {
            job.target().ifPresent(this::call);
        }
        while (!done) {
            take();
        }
        if (job.recording().isPresent()) {
            save(job.recording().get());
        }
        return talked && !failed ? 0 : 1;
    }

    private void take() {
        Deadline next = answerAt.earlier(hangUpAt).earlier(giveUpAt);
        Optional<Happening> happening =
                box.take(screen.terminal() ? next.earlier(world.time().after(REDRAW)) : next);
        happening.ifPresent(this::handle);
        if (answerAt.passed(world.time())) {
            answer();
        }
        if (hangUpAt.passed(world.time())) {
            hangUp();
        }
        if (giveUpAt.passed(world.time())) {
            fail("there was no call in %.1f s"
                    .formatted(job.patience().orElseThrow().toMillis() / 1e3));
        }
        if (screen.terminal() && !done) {
            Hearing hearing = phone.hearing();
            screen.meter(hearing.packets() ? meter.level() : -96, "hears " + hearing, keys());
        }
    }

    private void handle(Happening happening) {
        switch (happening) {
            case Happening.Noticed noticed -> notice(noticed.event(), noticed.nanos());
            case Happening.Passed passed ->
                screen.line(passed.nanos(), (passed.sent() ? "  → " : "  ← ") + SipWords.of(passed.message()));
            case Happening.Key(char key) -> press(key);
        }
    }

    private void notice(PhoneEvent event, long nanos) {
        switch (event) {
            case PhoneEvent.Registered(int status) -> registered(status, nanos);
            case PhoneEvent.Invited invited -> {
                ringing = true;
                giveUpAt = Deadline.NEVER;
                screen.line(nanos, "called by " + invited.from() + sid(invited.callSid()));
                phone.ring(false);
                answerAt = job.answerAfter().map(world.time()::after).orElse(Deadline.NEVER);
            }
            case PhoneEvent.Progressed progressed ->
                screen.line(nanos, "it rings at the other side" + (progressed.earlyMedia() ? ", with sound" : ""));
            case PhoneEvent.Answered answered -> {
                screen.line(nanos, "answered" + sid(answered.callSid()));
                talk();
            }
            case PhoneEvent.Refused(int status) -> {
                fail("the call was refused: " + status);
            }
            case PhoneEvent.Canceled canceled -> {
                screen.line(nanos, "the caller gave up");
                over();
            }
            case PhoneEvent.Ended ended -> {
                screen.line(nanos, ended.byFarEnd() ? "the other side hung up" : "the call broke");
                over();
            }
            case PhoneEvent.Reoffered(boolean hold) -> screen.line(nanos, hold ? "put on hold" : "session changed");
            case PhoneEvent.ReferAnswered(int status) -> screen.line(nanos, "REFER answered " + status);
            case PhoneEvent.Notified(int status) -> screen.line(nanos, "the transfer is at " + status);
            case PhoneEvent.Referred(String target) -> {
                screen.line(nanos, "asked to call " + target + ", which it does not");
                phone.refuseReferral(603);
            }
            case PhoneEvent.Texted(String from, String text) -> screen.line(nanos, "text from " + from + ": " + text);
            case PhoneEvent.TextAnswered(int status) -> screen.line(nanos, "MESSAGE answered " + status);
            case PhoneEvent.Hears(Hearing hearing) -> screen.line(hearing.since(), "hears " + hearing);
            case PhoneEvent.Digit(char digit) -> screen.line(nanos, "digit " + digit);
        }
    }

    private void registered(int status, long nanos) {
        if (status != 200) {
            fail("registering as " + job.user() + " was refused: " + status);
            return;
        }
        screen.line(nanos, "registered as " + job.user());
        if (!talked && !inCall) {
            job.target().ifPresent(this::call);
        }
    }

    // ---- what it does

    private void call(SipUri target) {
        inCall = true;
        giveUpAt = Deadline.NEVER;
        String host = job.registrar()
                .map(registrar -> registrar.getHostString() + ":" + registrar.getPort())
                .orElse(address());
        int colon = host.lastIndexOf(':');
        SipUri from = SipUri.of(job.user(), host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
        screen.line(world.time().nanos(), "calls " + target);
        phone.call(target, from, Optional.of(job.password()).filter(secret -> !secret.isEmpty()), List.of());
    }

    private void answer() {
        answerAt = Deadline.NEVER;
        if (ringing) {
            phone.answer();
            screen.line(world.time().nanos(), "answers");
            talk();
        }
    }

    private void talk() {
        talked = true;
        inCall = true;
        ringing = false;
        phone.press(job.digits());
        hangUpAt = job.hangUpAfter().map(world.time()::after).orElse(Deadline.NEVER);
    }

    private void hangUp() {
        if (ringing) {
            phone.refuse(603);
        } else if (inCall) {
            screen.line(world.time().nanos(), "hangs up");
            phone.hangUp();
            awaitReply();
        }
        over();
    }

    /** A BYE that nobody has answered might not have arrived. */
    private void awaitReply() {
        Deadline deadline = world.time().after(LAST_WORDS);
        Optional<Happening> next = box.take(deadline);
        while (next.isPresent()) {
            handle(next.get());
            if (next.get() instanceof Happening.Passed(boolean sent, SipMessage message, long nanos)
                    && !sent
                    && message instanceof SipResponse response
                    && !response.cseq().method().equals("REGISTER")) {
                return;
            }
            next = box.take(deadline);
        }
    }

    private void over() {
        inCall = false;
        ringing = false;
        answerAt = Deadline.NEVER;
        hangUpAt = Deadline.NEVER;
        done |= !job.stays();
    }

    private void fail(String why) {
        screen.trouble(why);
        failed = true;
        done = true;
    }

    private void press(char key) {
        switch (key) {
            case 'a' -> answer();
            case 'h' -> hold();
            case 'm' -> mute();
            case 'q', Keyboard.CTRL_C -> {
                done = true;
                hangUp();
            }
            default -> {
                if ("0123456789*#ABCD".indexOf(key) >= 0) {
                    phone.press(String.valueOf(key));
                }
            }
        }
    }

    private void hold() {
        held = !held;
        phone.hold(held);
    }

    private void mute() {
        muted = !muted;
        phone.talk(!muted);
    }

    private String keys() {
        if (ringing) {
            return "a answer  q refuse";
        }
        return inCall
                ? "0-9*# keys  h " + (held ? "resume" : "hold") + "  m " + (muted ? "unmute" : "mute") + "  q hang up"
                : "q leave";
    }

    private void save(Path file) throws IOException {
        double seconds = recording.save(file);
        screen.line(world.time().nanos(), "%.1f s recorded in %s".formatted(seconds, file));
    }

    private String address() {
        return phone.address().getAddress().getHostAddress() + ":"
                + phone.address().getPort();
    }

    private static String sid(String callSid) {
        return callSid.isEmpty() ? "" : " (" + callSid + ")";
    }
}
