package teleapi.call;

import java.util.List;
import java.util.Optional;
import teleapi.call.directory.Account;
import teleapi.call.records.CallRecord;
import teleapi.call.script.Script;
import teleapi.media.MediaSession;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.sip.message.Replaces;

/**
 * One CallSid: a mailbox, a thread that alone changes what the mailbox is about, and the snapshot everyone may read.
 *
 * <pre>
 * Thread  sid, account, origin, post, offer, snapshot, media: any. The rest: the call's own
 * Errors  post and offer answer false when the call has ended; a modification that was accepted is always answered by the call
 * Source  ADR-0001
 * </pre>
 */
public final class Call implements Leader {
    /** Commands that may wait; a busier client is told 503. Events are bounded where they arise. */
    private static final int MAILBOX = 1_000;

    private final Equipment equipment;
    private final Switchboard switchboard;
    private final Account account;
    private final Origin origin;
    private final Optional<StatusCallback> statusCallback;
    private final Mailbox<CallMessage> mailbox;
    private final Published<CallRecord> record;
    private final Published<Optional<MediaSession>> media = new Published<>(Optional.empty());
    private final Published<Optional<Bridged>> bridged = new Published<>(Optional.empty());
    private final Published<Optional<FarEndAnswer>> farEnd = new Published<>(Optional.empty());
    private final Published<Optional<Replaces>> rings = new Published<>(Optional.empty());
    private final Published<ControlState> controls = new Published<>(ControlState.NONE);
    private final Published<Optional<String>> owed = new Published<>(Optional.empty());
    private final Journal journal;

    Call(
            Equipment equipment,
            Switchboard switchboard,
            Account account,
            Origin origin,
            Optional<StatusCallback> statusCallback,
            CallRecord first) {
        this.equipment = equipment;
        this.switchboard = switchboard;
        this.account = account;
        this.origin = origin;
        this.statusCallback = statusCallback;
        this.mailbox = equipment.world().mailbox("call " + first.sid(), MAILBOX);
        this.record = new Published<>(first);
        this.journal = new Journal(equipment.world().time(), origin instanceof Origin.Inbound ? "caller" : "callee");
    }

    /**
     * Rings whom it is to ring, and starts the call's thread: from here to the end of the call it runs {@link Script}. Once, by who has made the
     * call.
     */
    public void start() {
        var script = new Script(this, equipment, switchboard);
        script.invite();
        equipment.world().start("call " + sid(), () -> run(script));
    }

    private void run(Script script) {
        try {
            script.run();
        } finally {
            switchboard.ended(this);
        }
    }

    public Sid sid() {
        return snapshot().sid();
    }

    public Account account() {
        return account;
    }

    public Origin origin() {
        return origin;
    }

    public Optional<StatusCallback> statusCallback() {
        return statusCallback;
    }

    /** Tells the call what happened; false when it has ended. */
    @Override
    public boolean post(CallEvent event) {
        return mailbox.post(event);
    }

    /** Asks something of the call; false when it has ended or too much waits. */
    public boolean offer(CallCommand command) {
        return mailbox.offer(command);
    }

    /** The same, and says why not. */
    Accepted accept(CallCommand command) {
        if (offer(command)) {
            return Accepted.YES;
        }
        return snapshot().status().ended() ? Accepted.NO_SUCH_LIVE_CALL : Accepted.TOO_MANY;
    }

    /** Ends the call whatever it does; of no effect when it has ended. */
    public void hangUp(EndReason reason) {
        mailbox.post(new CallCommand.HangUp(reason));
    }

    /** The newest state. */
    public CallRecord snapshot() {
        return record.get();
    }

    /** The live controls in force. */
    public ControlState controls() {
        return controls.get();
    }

    /** What its verb requests if it is cut off now: method and URL of the action. */
    public Optional<String> owed() {
        return owed.get();
    }

    /** The call at the other end of its bridge, as far as is known now. */
    public Optional<Bridged> bridged() {
        return bridged.get();
    }

    /** Whether it is bridged or rings somebody, and this is the dialog of its own party. */
    boolean joinedIn(Replaces dialog) {
        return bridged.get().filter(now -> now.dialog().means(dialog)).isPresent() || ringsIn(dialog);
    }

    /** Whether it rings somebody, and this is the dialog of its own party. */
    public boolean ringsIn(Replaces dialog) {
        return rings.get().filter(own -> own.means(dialog)).isPresent();
    }

    /** The media session of its leg, once there is one. */
    public Optional<MediaSession> media() {
        return media.get();
    }

    /** What the far end has answered to our INVITE, once it has. */
    public Optional<FarEndAnswer> farEnd() {
        return farEnd.get();
    }

    // ---- for the script, on the call's thread

    /** The next message; used by {@link Script#await} alone. */
    public Optional<CallMessage> take(Deadline deadline) {
        return mailbox.take(deadline);
    }

    /** Ends acceptance; what was accepted and not taken is the script's to refuse. */
    public List<CallMessage> closeMailbox() {
        return mailbox.close();
    }

    public void publish(CallRecord next) {
        record.set(next);
        equipment.callRecords().write(next);
    }

    public void publish(ControlState state) {
        controls.set(state);
    }

    public void publishOwed(Optional<String> request) {
        owed.set(request);
    }

    public void publish(Optional<Call> peer, Replaces dialog) {
        bridged.set(peer.map(other -> new Bridged(other, dialog)));
    }

    /** In which dialog of its party it rings somebody; empty: it does not. */
    public void publishRinging(Optional<Replaces> dialog) {
        rings.set(dialog);
    }

    public void publish(MediaSession session) {
        media.set(Optional.of(session));
    }

    public void publish(FarEndAnswer answer) {
        farEnd.set(Optional.of(answer));
    }

    public Journal journal() {
        return journal;
    }
}
