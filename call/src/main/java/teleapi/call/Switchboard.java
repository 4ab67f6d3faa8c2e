package teleapi.call;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.directory.Account;
import teleapi.call.messaging.Messages;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecord;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.records.RecordsUnavailable;
import teleapi.rcml.Dial;
import teleapi.rcml.Noun;
import teleapi.rcml.Number;
import teleapi.runtime.Counter;
import teleapi.runtime.Published;
import teleapi.sip.Admission;
import teleapi.sip.Door;
import teleapi.sip.IncomingInvite;
import teleapi.sip.IncomingMessage;
import teleapi.sip.MessageVerdict;
import teleapi.sip.Referral;
import teleapi.sip.SipUri;
import teleapi.sip.UserAgent;
import teleapi.sip.message.Header;
import teleapi.sip.message.Replaces;

/**
 * Answers the door: an INVITE or a REST request becomes a {@link Call}; finds live calls and conferences.
 *
 * <pre>
 * Shape   maps of references only: the state of a call is the call's
 * Thread  any
 * Errors  IOException from open when an address cannot be bound
 * Source  CONTRACT sections 2 and 4
 * </pre>
 */
public final class Switchboard implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    private static final int RETRY_AFTER_SECONDS = 5;

    private final Equipment equipment;
    private final int mostCalls;
    private final Map<Sid, Call> live = new ConcurrentHashMap<>();
    private final Rooms rooms;
    private final Queues queues;
    private final Counter started = new Counter();
    private final Counter modifications = new Counter();
    private final Acceptance acceptance;
    private final Published<Boolean> draining = new Published<>(false);
    private final UserAgent sip;
    private final Routes routes;
    private final Reception reception;
    private final OwnInvites ownInvites;
    private final TransferRules transferRules;
    private final Messages messages;
    private final MessageReception messageReception;

    private Switchboard(Equipment equipment, SwitchboardSettings settings) throws IOException {
        this.equipment = equipment;
        this.mostCalls = settings.mostCalls();
        this.rooms = new Rooms(
                equipment,
                awaited -> Optional.ofNullable(live.get(awaited.call())).ifPresent(Rooms::dismiss));
        this.queues = new Queues(equipment);
        this.acceptance = new Acceptance(equipment.world().time());
        this.sip = UserAgent.start(equipment.world(), settings.sip(), this);
        this.routes = new Routes(equipment.directory(), sip, settings.sip().publicHost(), settings.trunk());
        this.reception = new Reception(equipment.directory(), routes);
        this.transferRules = new TransferRules(equipment.directory(), routes);
        this.messages = new Messages(equipment, routes, sip);
        this.messageReception = new MessageReception(equipment.directory(), routes, messages);
        this.ownInvites = new OwnInvites(sid -> Optional.ofNullable(live.get(sid)));
    }

    /** Binds SIP and opens for calls. */
    public static Switchboard open(Equipment equipment, SwitchboardSettings settings) throws IOException {
        return new Switchboard(equipment, settings);
    }

    // ---- a call comes in

    @Override
    public Optional<String> password(String user) {
        return equipment.directory().client(user).map(client -> client.password());
    }

    @Override
    public Admission invited(IncomingInvite invite) {
        if (full()) {
            return new Admission.Refuse(
                    503,
                    "Service Unavailable",
                    List.of(new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS))));
        }
        Optional<Call> sender = ownInvites.sender(invite);
        if (sender.filter(ownInvites::circles).isPresent()) {
            return new Admission.Refuse(482, "Loop Detected", List.of());
        }
        if (invite.request().header("Replaces").isPresent()) {
            return replace(invite);
        }
        return switch (reception.decide(invite, sender.map(Call::snapshot))) {
            case Reception.Decision.Prove prove -> new Admission.Challenge();
            case Reception.Decision.TurnAway away -> new Admission.Refuse(away.status(), away.reason(), List.of());
            case Reception.Decision.Welcome welcome -> {
                Call call = make(
                        welcome.account(),
                        new Origin.Inbound(invite, welcome.document(), welcome.parameters()),
                        welcome.statusCallback(),
                        CallRecord.first(
                                equipment.world(),
                                welcome.account().sid(),
                                Optional.empty(),
                                welcome.number().map(number -> number.sid()),
                                welcome.from(),
                                welcome.to(),
                                Direction.INBOUND,
                                welcome.callerName(),
                                welcome.forwardedFrom()));
                call.start();
                yield new Admission.Admit(event -> call.post(new CallEvent.DialogHappened(event)));
            }
        };
    }

    @Override
    public int longestMessage() {
        return teleapi.rcml.Message.MAX_BODY;
    }

    @Override
    public MessageVerdict messaged(IncomingMessage message) {
        return messageReception.answer(message);
    }

    /** A client takes the place of a party in its bridge (RFC 3891 §3). */
    private Admission replace(IncomingInvite invite) {
        return switch (reception.replaces(invite, this::find)) {
            case Reception.Place.Prove prove -> new Admission.Challenge();
            case Reception.Place.TurnAway(int status, String reason) -> new Admission.Refuse(status, reason, List.of());
            case Reception.Place.Of(Account account, String from, Call other) -> {
                var bridge = new NewDocument.Bridge(Sid.fresh(Sid.MODIFICATION, equipment.world()), other);
                Call call = make(
                        account,
                        new Origin.Inbound(invite, bridge, Map.of()),
                        Optional.empty(),
                        CallRecord.first(
                                equipment.world(),
                                account.sid(),
                                Optional.empty(),
                                Optional.empty(),
                                from,
                                callerId(other.snapshot()),
                                Direction.INBOUND,
                                Optional.empty(),
                                Optional.empty()));
                call.start();
                yield new Admission.Admit(event -> call.post(new CallEvent.DialogHappened(event)));
            }
        };
    }

    // ---- calls go out

    /** Starts a call. The record is kept before this returns; may wait for that. */
    public Created create(NewCall request) {
        if (full() || draining.get()) {
            return new Created.Refused(503, 20503, "no more calls are taken now");
        }
        Optional<Account> account = equipment.directory().activeAccount(request.account());
        if (account.isEmpty()) {
            return new Created.Refused(404, 20404, "no such account");
        }
        Optional<Call> linked = Sid.parse(Sid.CALL, request.from()).flatMap(sid -> find(request.account(), sid));
        if (linked.isEmpty() && Sid.parse(Sid.CALL, request.from()).isPresent()) {
            return new Created.Refused(404, 20404, "From: no live call " + request.from());
        }
        if (!routes.mayBeFrom(request.account(), request.from())) {
            return new Created.Refused(400, 21212, "From: a client of another account: " + request.from());
        }
        Optional<List<Destination>> to = routes.to(request.account(), request.to(), Optional.empty());
        if (to.isEmpty()) {
            return new Created.Refused(400, 21211, "To: not a number, client:name or sip:uri: " + request.to());
        }
        Destination destination = to.get().getFirst();
        String callerId = linked.map(call -> callerId(call.snapshot())).orElse(request.from());
        CallRecord record = CallRecord.first(
                equipment.world(),
                request.account(),
                linked.map(Call::sid),
                Optional.empty(),
                callerId,
                destination.shown(),
                Direction.OUTBOUND_API,
                Optional.empty(),
                Optional.empty());
        var origin = new Origin.FromApi(
                destination,
                callerId,
                request.document(),
                request.timeout(),
                request.timeLimit(),
                request.sendDigits(),
                request.recording(),
                Map.of());
        if (request.document() instanceof NewDocument.Join join) {
            return callIn(account.get(), request, origin, record, join);
        }
        begin(account.get(), request, origin, record);
        return new Created.Call(record);
    }

    private Call begin(Account account, NewCall request, Origin.FromApi origin, CallRecord record) {
        // First what is owed: without its call it is nothing, and a call without it would end unheard.
        request.statusCallback()
                .filter(callback -> callback.events().contains(StatusCallback.Event.COMPLETED))
                .ifPresent(callback -> equipment
                        .owedCallbacks()
                        .commit(OwedCallback.first(record.sid(), request.account(), callback)));
        equipment.callRecords().commit(record);
        Call call = make(account, origin, request.statusCallback(), record);
        call.start();
        return call;
    }

    /** A call for a conference, which keeps a place for it. */
    private Created callIn(
            Account account, NewCall request, Origin.FromApi origin, CallRecord record, NewDocument.Join join) {
        return switch (rooms.keepPlace(record, join)) {
            case Expected.Full full -> new Created.Refused(409, 29441, "the conference is full");
            case Expected.Over over -> new Created.Refused(409, 29440, "the conference has ended");
            case Expected.Kept(ParticipantRecord place) -> {
                try {
                    Call call = begin(account, request, origin, record);
                    if (rooms.live(account.sid(), place.conferenceSid()).isEmpty()) {
                        // It ended before it could know of the call.
                        Rooms.dismiss(call);
                    }
                } catch (RecordsUnavailable away) {
                    rooms.giveUpPlace(account.sid(), record.sid(), join);
                    throw away;
                }
                yield new Created.Participant(record, place);
            }
        };
    }

    /** Sends a text message. The record is kept before this returns; may wait for that. */
    public Sent send(NewMessage request) {
        return draining.get() ? new Sent.Refused(503, 20503, "no more messages are taken now") : messages.send(request);
    }

    /** The text messages on their way. */
    public Messages messages() {
        return messages;
    }

    /** Whether a call's document may say that a call comes from there: from its caller, or from anyone but another account's client. */
    public boolean mayBeFrom(Call call, String callerId) {
        return callerId.equals(callerId(call.snapshot()))
                || routes.mayBeFrom(call.account().sid(), callerId);
    }

    /** Makes the legs of one noun of a Dial: one per phone of a client. Who dials starts them, once it knows of them. */
    public List<Call> dial(
            Call parent, Noun.Ringable noun, Dial dial, String baseUrl, Optional<NewDocument.Join> place) {
        String callerId = dial.callerId()
                .filter(wanted -> mayBeFrom(parent, wanted))
                .orElseGet(() -> callerId(parent.snapshot()));
        String sendDigits = noun instanceof Number number ? number.sendDigits() : "";
        var children = new ArrayList<Call>();
        for (Destination destination : routes.to(parent.account().sid(), noun)) {
            children.add(make(
                    parent.account(),
                    new Origin.Dialled(
                            parent,
                            full() ? new Destination.NoRoom(destination.shown()) : destination,
                            callerId,
                            parent.snapshot().callerName().orElse(""),
                            noun.options(),
                            baseUrl,
                            sendDigits,
                            place,
                            Map.of()),
                    StatusCallback.of(noun.options(), baseUrl),
                    CallRecord.first(
                            equipment.world(),
                            parent.account().sid(),
                            Optional.of(parent.sid()),
                            Optional.empty(),
                            callerId,
                            destination.shown(),
                            Direction.OUTBOUND_DIAL,
                            Optional.empty(),
                            Optional.empty())));
        }
        return children;
    }

    /** Whom a call shows to others: the caller of one that came in, the called of one that we made. */
    private static String callerId(CallRecord call) {
        return call.direction() == Direction.INBOUND ? call.from() : call.to();
    }

    /** It begins when it is started. */
    private Call make(Account account, Origin origin, Optional<StatusCallback> statusCallback, CallRecord first) {
        var call = new Call(equipment, this, account, origin, statusCallback, first);
        live.put(call.sid(), call);
        started.increment();
        if (first.direction() != Direction.OUTBOUND_API) {
            equipment.callRecords().write(first);
        }
        equipment
                .events()
                .post(AccountEvent.now(
                        equipment.world(),
                        account.sid(),
                        AccountEvent.Topic.CALL,
                        first.status().text(),
                        Optional.of(first.sid()),
                        Map.of(
                                "direction", first.direction().text(),
                                "from", first.from(),
                                "to", first.to(),
                                "revision", Long.toString(first.revision()))));
        LOG.info(
                "call {} begins {} from {} to {}",
                first.sid(),
                first.direction().text(),
                first.from(),
                first.to());
        return call;
    }

    /** The call's last act. */
    void ended(Call call) {
        live.remove(call.sid());
        rooms.notComing(call);
    }

    private boolean full() {
        return live.size() >= mostCalls;
    }

    // ---- live calls

    /** Hands a modification to its call. Statuses are told from the call's thread. */
    public Accepted modify(Sid account, Sid call, Modification modification) {
        Optional<Call> target = find(account, call);
        target.ifPresent(found -> modifications.increment());
        return target.map(found -> found.accept(acceptance.of(modification, Optional.empty())))
                .orElse(Accepted.NO_SUCH_LIVE_CALL);
    }

    /** What orders that which is asked of several calls. */
    public Acceptance acceptance() {
        return acceptance;
    }

    /**
     * Makes several changes together, or none. {@code told} is called from a thread of its own, and each modification tells its own statuses.
     *
     * @return the first change whose call or conference is not live, counted from 0; then nothing happens
     */
    public OptionalInt modify(Sid account, List<Change> changes, Consumer<BatchStatus> told) {
        var batch = new Batch(equipment.world(), acceptance, told);
        for (int i = 0; i < changes.size(); i++) {
            switch (changes.get(i)) {
                case Change.OfCall(Sid sid, Modification modification) -> {
                    Optional<Call> call = find(account, sid);
                    if (call.isEmpty()) {
                        return OptionalInt.of(i);
                    }
                    batch.add(i, call.get(), modification);
                }
                case Change.EndOfConference(Sid sid, boolean dryRun) -> {
                    Optional<Conference> conference = rooms.live(account, sid);
                    if (conference.isEmpty()) {
                        return OptionalInt.of(i);
                    }
                    conference.filter(found -> !dryRun).ifPresent(batch::add);
                }
            }
        }
        changes.forEach(change -> modifications.increment());
        equipment.world().start("batch", batch::run);
        return OptionalInt.empty();
    }

    /** The newest snapshot of a live call. */
    public Optional<CallRecord> live(Sid account, Sid call) {
        return find(account, call).map(Call::snapshot);
    }

    /** Snapshots of all live calls of an account. */
    public List<CallRecord> live(Sid account) {
        return live.values().stream()
                .map(Call::snapshot)
                .filter(call -> call.accountSid().equals(account))
                .toList();
    }

    /** A live call's handle; for tests and the simulation, which look at journals. */
    public Optional<Call> find(Sid account, Sid call) {
        return Optional.ofNullable(live.get(call))
                .filter(found -> found.account().sid().equals(account));
    }

    /** The live call whose party's dialog this is; empty unless it is connected to another, or rings somebody. */
    public Optional<Call> find(Sid account, Replaces dialog) {
        return live.values().stream()
                .filter(call -> call.account().sid().equals(account) && call.joinedIn(dialog))
                .findFirst();
    }

    /** Whom the party of a call may send the other one to by itself. */
    public Optional<Noun.Ringable> transferTarget(Call by, Referral referral) {
        return transferRules.target(by, referral);
    }

    /** The live conferences. */
    public Rooms rooms() {
        return rooms;
    }

    /** The live queues. */
    public Queues queues() {
        return queues;
    }

    // ---- the house

    public UserAgent sip() {
        return sip;
    }

    public SipUri callerUri(String callerId) {
        return routes.caller(callerId);
    }

    public Gauges gauges() {
        return new Gauges(
                live.size(),
                rooms.count(),
                queues.count(),
                queues.members(),
                started.count(),
                modifications.count(),
                messages.live(),
                messages.accepted());
    }

    /** From now on no new calls; live ones go on. */
    public void drain(Duration retryAfter) {
        draining.set(true);
        sip.refuseNewCalls(Math.toIntExact(retryAfter.toSeconds()));
    }

    /** Ends all live calls. */
    public void hangUpAll(String why) {
        var reason = new EndReason(CallStatus.CANCELED, EndReason.Cause.API, 503, why);
        live.values().forEach(call -> call.hangUp(reason));
    }

    /** Closes SIP; calls should have ended. */
    public void close() {
        messages.close();
        sip.close();
    }
}
