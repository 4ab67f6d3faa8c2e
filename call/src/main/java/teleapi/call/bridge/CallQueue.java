package teleapi.call.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.Equipment;
import teleapi.call.Sid;
import teleapi.call.directory.QueueSettings;
import teleapi.call.records.AccountEvent;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Those who wait in an account's queue, in the order in which they came, and those who dial it: brings the first of either together.
 *
 * <p>Who was offered to somebody keeps its place until the bridge stands. If the one who dialled is gone by then, it waits on where it was;
 * if the one who waited is gone, the one who dialled is the first to be offered the next. It is over when nobody waits and nobody dials.
 *
 * <pre>
 * Thread  what posts, sid, name, members: any. State: its own script's
 * Errors  enter and ask answer false when it is over: open a new one
 * Source  issue 4, 1; ADR-0016
 * </pre>
 */
public final class CallQueue {
    /** Requests that may wait: enough for many to come and go at once. */
    private static final int MAILBOX = 10_000;

    /** Whoever takes out the first by the API has had it by then, or not. */
    private static final Duration GIVEN = Duration.ofSeconds(35);

    private static final Logger LOG = LoggerFactory.getLogger(CallQueue.class);

    /**
     * @param given until when it is another's who wants to take it out by the API
     * @param reservation whose it is till then
     */
    private record Member(Call call, Instant since, Optional<PickUp> offered, Deadline given, long reservation) {
        Member with(Optional<PickUp> offer) {
            return new Member(call, since, offer, given, reservation);
        }

        Member given(Deadline until, long to) {
            return new Member(call, since, offered, until, to);
        }

        QueueMember shown() {
            return new QueueMember(call.sid(), since);
        }
    }

    private final Equipment equipment;
    private final World world;
    private final QueueSettings settings;
    private final Consumer<CallQueue> gone;
    private final Mailbox<QueueMessage> mailbox;
    private final Published<List<QueueMember>> published = new Published<>(List.of());
    private final Map<Sid, Member> members = new LinkedHashMap<>();
    private final LinkedHashMap<Sid, Dequeuer> dequeuers = new LinkedHashMap<>();
    private long reservations;
    private boolean used;
    private boolean fault;

    private CallQueue(Equipment equipment, QueueSettings settings, Consumer<CallQueue> gone) {
        this.equipment = equipment;
        this.world = equipment.world();
        this.settings = settings;
        this.gone = gone;
        this.mailbox = world.mailbox("queue " + settings.friendlyName(), MAILBOX);
    }

    /** Opens it; {@code gone} is told on its thread when it is over. It takes nobody in before {@link #start}. */
    public static CallQueue open(Equipment equipment, QueueSettings settings, Consumer<CallQueue> gone) {
        return new CallQueue(equipment, settings, gone);
    }

    public void start() {
        world.start("queue " + sid(), this::run);
    }

    /** A call asks to wait in it: QueueEntered, or QueueFull, follows. False: it is over. */
    public boolean enter(Call call, int most) {
        return mailbox.post(new QueueMessage.Enter(call, most));
    }

    /** A call waits no more; of no effect if it does not wait. */
    public void leave(Sid call, String result) {
        mailbox.post(new QueueMessage.Leave(call, result));
    }

    /** A call wants one who waits: QueuedCaller follows from that one. False: it is over. */
    public boolean ask(Dequeuer by) {
        return mailbox.post(new QueueMessage.Ask(by));
    }

    /** A Dial of it is over; {@code joined} is the bridge in which it found one. */
    public void giveUp(Dequeuer by, Optional<Sid> joined) {
        mailbox.post(new QueueMessage.GiveUp(by.call().sid(), by.request(), joined));
    }

    public Sid account() {
        return settings.accountSid();
    }

    public Sid sid() {
        return settings.sid();
    }

    /**
     * Keeps one who waits for whoever asks: {@code wanted}, or the first who is not another's already. {@code told} must only post. False: it is
     * over.
     */
    public boolean reserve(Optional<Sid> wanted, Consumer<Optional<Reservation>> told) {
        return mailbox.post(new QueueMessage.Reserve(wanted, told));
    }

    /** Who waits, the first one first. */
    public List<QueueMember> members() {
        return published.get();
    }

    /** How long those who wait have waited, on average. */
    public Duration averageWait(Instant now) {
        return QueueMember.averageWait(members(), now);
    }

    private void run() {
        while (!used || !members.isEmpty() || !dequeuers.isEmpty()) {
            Optional<QueueMessage> message = mailbox.take(nextFree());
            try {
                message.ifPresent(this::take);
                match();
            } catch (RuntimeException bug) {
                // Those in it must not wait for ever for one that is no more.
                LOG.error("queue {} ends by a fault of ours", sid(), bug);
                fault = true;
                break;
            }
        }
        gone.accept(this);
        mailbox.close().forEach(this::refuse);
        var over = new CallEvent.QueueOver(this, fault);
        members.values().forEach(member -> {
            member.offered().ifPresent(pickUp -> pickUp.by().call().post(over));
            member.call().post(over);
        });
        dequeuers.values().forEach(dequeuer -> dequeuer.call().post(over));
        members.clear();
        publish();
    }

    /** What came after its end: it is meant for the next queue of this name. */
    private void refuse(QueueMessage late) {
        switch (late) {
            case QueueMessage.Enter enter -> enter.call().post(new CallEvent.QueueOver(this, fault));
            case QueueMessage.Ask ask -> ask.by().call().post(new CallEvent.QueueOver(this, fault));
            case QueueMessage.Reserve reserve -> reserve.told().accept(Optional.empty());
            case QueueMessage.Release release -> {}
            case QueueMessage.Leave leave -> {}
            case QueueMessage.GiveUp giveUp -> {}
        }
    }

    private void take(QueueMessage message) {
        used = true;
        switch (message) {
            case QueueMessage.Enter enter -> enter(enter);
            case QueueMessage.Leave leave -> left(leave);
            case QueueMessage.Reserve reserve -> reserve.told().accept(give(reserve.wanted()));
            case QueueMessage.Release release ->
                members.computeIfPresent(
                        release.call(),
                        (call, member) -> member.reservation() == release.reservation()
                                ? member.given(world.time().after(Duration.ZERO), 0)
                                : member);
            case QueueMessage.Ask ask -> dequeuers.put(ask.by().call().sid(), ask.by());
            case QueueMessage.GiveUp giveUp -> givenUp(giveUp);
        }
    }

    private void enter(QueueMessage.Enter enter) {
        Call call = enter.call();
        // Changed by the API while it is in use, or made by it after it was opened.
        int most = equipment
                .directory()
                .queue(account(), settings.friendlyName())
                .orElse(settings)
                .maxSize();
        if (members.size() >= Math.min(most, enter.most())) {
            call.post(new CallEvent.QueueFull(this));
            return;
        }
        members.put(
                call.sid(),
                new Member(
                        call, world.time().now(), Optional.empty(), world.time().after(Duration.ZERO), 0));
        publish();
        tell("member-enter", call.sid(), Map.of());
        call.post(new CallEvent.QueueEntered(this));
    }

    /** Who is named is given whoever has it: of two changes of one call the later one stays. */
    private Optional<Reservation> give(Optional<Sid> wanted) {
        Optional<Member> chosen = wanted.isPresent()
                ? Optional.ofNullable(members.get(wanted.get()))
                : members.values().stream().filter(this::free).findFirst();
        return chosen.map(member -> {
            long reservation = ++reservations;
            Sid call = member.call().sid();
            members.put(call, member.given(world.time().after(GIVEN), reservation));
            return new Reservation(member.shown(), () -> mailbox.post(new QueueMessage.Release(call, reservation)));
        });
    }

    /** Neither offered to a Dial nor given to a request a moment ago: whoever has it is about to change its call. */
    private boolean free(Member member) {
        return member.offered().isEmpty() && member.given().passed(world.time());
    }

    /** When the next one is free again whose request has come to nothing, if a Dial waits for that. */
    private Deadline nextFree() {
        return dequeuers.isEmpty()
                ? Deadline.NEVER
                : members.values().stream()
                        .filter(member -> member.offered().isEmpty())
                        .map(Member::given)
                        .reduce(Deadline.NEVER, Deadline::earlier);
    }

    private void left(QueueMessage.Leave leave) {
        Member member = members.remove(leave.call());
        if (member == null) {
            return;
        }
        boolean bridged = leave.result().equals(QueueResult.BRIDGED);
        member.offered()
                .filter(pickUp -> !bridged)
                .map(PickUp::by)
                .ifPresent(next -> dequeuers.putFirst(next.call().sid(), next));
        publish();
        tellLeft(member, leave.result());
    }

    private void givenUp(QueueMessage.GiveUp giveUp) {
        dequeuers.computeIfPresent(giveUp.call(), (call, there) -> there.request() == giveUp.request() ? null : there);
        for (Member member : List.copyOf(members.values())) {
            Optional<PickUp> offered = member.offered()
                    .filter(pickUp -> pickUp.by().call().sid().equals(giveUp.call())
                            && pickUp.by().request() == giveUp.request());
            if (offered.isEmpty()) {
                continue;
            }
            Sid bridge = offered.get().bridge();
            if (giveUp.joined().equals(Optional.of(bridge))) {
                // They are joined, and it has not told yet.
                members.remove(member.call().sid());
                publish();
                tellLeft(member, QueueResult.BRIDGED);
            } else {
                members.put(member.call().sid(), member.with(Optional.empty()));
                member.call().post(new CallEvent.NotWanted(bridge, EndReason.PEER_LEFT));
            }
        }
    }

    private void match() {
        while (!dequeuers.isEmpty()) {
            Optional<Member> first =
                    members.values().stream().filter(this::free).findFirst();
            if (first.isEmpty()) {
                return;
            }
            Call call = first.get().call();
            Dequeuer by = dequeuers.pollFirstEntry().getValue();
            var pickUp = new PickUp(Sid.fresh(Sid.BRIDGE, world), this, by);
            members.put(call.sid(), first.get().with(Optional.of(pickUp)));
            tell("member-offer", call.sid(), Map.of("to", by.call().sid().text()));
            // One that has ended has left, or is about to: its place passes on then.
            call.post(new CallEvent.Dequeued(pickUp));
        }
    }

    private void publish() {
        published.set(members.values().stream().map(Member::shown).toList());
    }

    private void tellLeft(Member member, String result) {
        Duration waited = Duration.between(member.since(), world.time().now());
        tell(
                "member-leave",
                member.call().sid(),
                Map.of("result", result, "queue_time", Long.toString(waited.toSeconds())));
    }

    private void tell(String what, Sid call, Map<String, String> more) {
        var values = new LinkedHashMap<>(more);
        values.put("queue_sid", sid().text());
        values.put("friendly_name", settings.friendlyName());
        values.put("current_size", Integer.toString(members.size()));
        equipment
                .events()
                .post(AccountEvent.now(world, account(), AccountEvent.Topic.QUEUE, what, Optional.of(call), values));
    }
}
