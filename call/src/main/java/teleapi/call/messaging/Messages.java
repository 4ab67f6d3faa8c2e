package teleapi.call.messaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Destination;
import teleapi.call.Equipment;
import teleapi.call.Routes;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.MessageError;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecord.Status;
import teleapi.runtime.Counter;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.sip.OutgoingMessage;
import teleapi.sip.UserAgent;

/**
 * Sends text messages and takes those that come: one after the other to the same address, in the order of asking, and each with one last
 * status.
 *
 * <pre>
 * Shape   at most 1,000 on their way, 50 to one address, 1,000 documents
 * Thread  any, but for send, which may wait for the store; the state of each delivery is the loop's
 * Errors  a message that cannot be sent has a record that says so
 * Source  RFC 3428; ADR-0024
 * </pre>
 */
public final class Messages {
    /** A flood of more is somebody's mistake. */
    private static final int MOST = 1_000;

    /** Documents at once: each waits for an application, and whoever sends to a number makes one run. */
    private static final int MOST_RUNNING = 1_000;

    /** To one address: an address that never answers takes 32 s for each. */
    private static final int MOST_WAITING = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

    private sealed interface Work {
        record Deliver(Delivery delivery) implements Work {}

        /** A final status of one phone, or of the trunk. */
        record Answered(Delivery delivery, int status, boolean phone) implements Work {}

        /** A message has come to a number. */
        record Run(MessageDocument document) implements Work {}

        /** One of the documents has come to its end. */
        record Ran() implements Work {}
    }

    private final Equipment equipment;
    private final Routes routes;
    private final UserAgent sip;
    private final Loop<Work> loop;
    /** Those that wait for the one before them, the one on its way first; by account and address. */
    private final Map<String, Deque<Delivery>> lanes = new HashMap<>();

    private final Published<Integer> live = new Published<>(0);
    private final Published<Integer> running = new Published<>(0);
    private final Counter accepted = new Counter();

    public Messages(Equipment equipment, Routes routes, UserAgent sip) {
        this.equipment = equipment;
        this.routes = routes;
        this.sip = sip;
        this.loop = equipment.world().loop("messages", MOST);
        loop.start(this::handle);
    }

    // ---- from anywhere

    /** Sends one for the API: its record is kept before this returns. */
    public Sent send(NewMessage request) {
        return begin(request, MessageRecord.Direction.OUTBOUND_API, 0, true);
    }

    /** Sends one for a document, and never waits. */
    public Sent hand(NewMessage request) {
        return begin(request, MessageRecord.Direction.OUTBOUND_CALL, 0, false);
    }

    /** Sends the answer to a message. */
    Sent reply(NewMessage request, int depth) {
        return begin(request, MessageRecord.Direction.OUTBOUND_REPLY, depth, false);
    }

    private Sent begin(NewMessage request, MessageRecord.Direction direction, int depth, boolean wait) {
        Optional<Account> account = equipment.directory().activeAccount(request.account());
        if (account.isEmpty()) {
            return new Sent.Refused(404, 20404, "no such account");
        }
        Optional<List<Destination>> to = routes.to(request.account(), request.to(), Optional.empty());
        if (to.isEmpty()) {
            return new Sent.Refused(400, 21211, "To: not a number, client:name or sip:uri: " + request.to());
        }
        if (!routes.mayBeFrom(request.account(), request.from())) {
            return new Sent.Refused(400, 21212, "From: a client of another account: " + request.from());
        }
        if (live.get() >= MOST) {
            return new Sent.Refused(503, MessageError.OVERFLOW.number(), MOST + " messages are on their way");
        }
        MessageRecord record = first(
                request.account(),
                request.callSid(),
                Routes.number(request.from()).orElse(request.from()),
                to.get().getFirst().shown(),
                request.body(),
                direction,
                Status.QUEUED);
        if (wait) {
            equipment.messageRecords().commit(record);
        } else {
            equipment.messageRecords().write(record);
        }
        accepted.increment();
        // Bounded above; and what is kept must come to an end.
        loop.post(new Work.Deliver(new Delivery(account.get(), record, request.to(), request.statusCallback(), depth)));
        return new Sent.Queued(record);
    }

    /** One of a client of ours for an address of its account; false: no more are taken now. */
    public boolean relay(Account account, String from, String to, String body) {
        if (live.get() >= MOST) {
            return false;
        }
        MessageRecord record =
                first(account.sid(), Optional.empty(), from, to, body, MessageRecord.Direction.INBOUND, Status.QUEUED);
        equipment.messageRecords().write(record);
        accepted.increment();
        return loop.post(new Work.Deliver(new Delivery(account, record, to, Optional.empty(), 0)));
    }

    /** One for a number of ours, whose document runs; false: no more are taken now. */
    public boolean received(Account account, PhoneNumber number, String from, String to, String body) {
        return live.get() < MOST
                && running.get() < MOST_RUNNING
                && loop.post(new Work.Run(received(account, number, from, to, body, 0)));
    }

    private MessageDocument received(
            Account account, PhoneNumber number, String from, String to, String body, int depth) {
        MessageRecord record = first(
                account.sid(), Optional.empty(), from, to, body, MessageRecord.Direction.INBOUND, Status.RECEIVED);
        equipment.messageRecords().write(record);
        accepted.increment();
        tell(record);
        return new MessageDocument(equipment, this, account, number.sms(), record, depth);
    }

    private MessageRecord first(
            Sid account,
            Optional<Sid> call,
            String from,
            String to,
            String body,
            MessageRecord.Direction direction,
            Status status) {
        var now = equipment.world().time().now();
        return new MessageRecord(
                Sid.fresh(Sid.MESSAGE, equipment.world()),
                account,
                call,
                from,
                to,
                body,
                direction,
                status,
                now,
                now,
                status == Status.RECEIVED ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                0);
    }

    /** How many are on their way. */
    public int live() {
        return live.get();
    }

    /** Whether any is on its way, or a document runs that may reply to one. */
    public boolean busy() {
        return live.get() > 0 || running.get() > 0;
    }

    /** How many were ever accepted, both ways. */
    public long accepted() {
        return accepted.count();
    }

    /** No more are sent; what has not been answered by now is left. */
    public void close() {
        loop.close();
    }

    // ---- the loop's

    private void handle(Work work) {
        switch (work) {
            case Work.Deliver(Delivery delivery) -> {
                Deque<Delivery> lane = lanes.computeIfAbsent(delivery.lane(), fresh -> new ArrayDeque<>());
                live.set(live.get() + 1);
                if (lane.size() >= MOST_WAITING) {
                    over(delivery, Status.FAILED, Optional.of(MessageError.OVERFLOW));
                    return;
                }
                lane.add(delivery);
                if (lane.size() == 1) {
                    begin(delivery);
                }
            }
            case Work.Answered(Delivery delivery, int status, boolean phone) -> {
                boolean last = delivery.answered(status, phone);
                boolean told = delivery.record().status().ended();
                if (!told && (last || delivery.status() == Status.DELIVERED)) {
                    // a phone that is gone need not be waited for when another has it: there is no better answer
                    over(delivery, delivery.status(), delivery.error());
                }
                if (last) {
                    next(delivery);
                }
            }
            case Work.Run(MessageDocument document) -> run(document);
            case Work.Ran() -> running.set(running.get() - 1);
        }
    }

    /** Its turn has come: until then phones come and go, and accounts are suspended. */
    private void begin(Delivery delivery) {
        Sid account = delivery.record().accountSid();
        if (equipment.directory().activeAccount(account).isEmpty()) {
            ended(delivery, Status.FAILED, Optional.of(MessageError.BLOCKED));
            return;
        }
        Optional<PhoneNumber> ours =
                equipment.directory().number(delivery.record().to());
        if (ours.isPresent()) {
            inside(delivery, ours.get());
            return;
        }
        List<Destination.Reachable> reachable = new ArrayList<>();
        for (Destination destination :
                routes.to(account, delivery.to(), Optional.empty()).orElseThrow()) {
            switch (destination) {
                case Destination.Reachable one -> reachable.add(one);
                case Destination.Unreachable none -> {
                    ended(delivery, Status.FAILED, Optional.of(Delivery.why(none.sipStatus())));
                    return;
                }
                case Destination.NoRoom full -> {
                    ended(delivery, Status.FAILED, Optional.of(MessageError.OVERFLOW));
                    return;
                }
            }
        }
        delivery.asks(reachable.size());
        write(delivery, Status.SENDING, Optional.empty());
        for (Destination.Reachable one : reachable) {
            boolean phone = one.contact().isPresent();
            sip.send(
                    new OutgoingMessage(
                            delivery.record().sid().text(),
                            one.target(),
                            one.contact(),
                            one.target().bare(),
                            routes.caller(delivery.record().from()),
                            one.headers(),
                            delivery.record().body(),
                            one.credentials()),
                    status -> loop.post(new Work.Answered(delivery, status, phone)));
        }
    }

    /** To a number of ours: no network in between. */
    private void inside(Delivery delivery, PhoneNumber number) {
        Optional<Account> owner = equipment.directory().activeAccount(number.accountSid());
        MessageRecord record = delivery.record();
        if (owner.isEmpty() || number.sms().document(equipment.directory()).isEmpty()) {
            ended(delivery, Status.UNDELIVERED, Optional.of(MessageError.UNKNOWN_DESTINATION));
        } else if (running.get() >= MOST_RUNNING) {
            ended(delivery, Status.FAILED, Optional.of(MessageError.OVERFLOW));
        } else if (delivery.depth() >= MessageDocument.DEEPEST) {
            LOG.warn(
                    "message {} from {} to {} is a reply to {} replies",
                    record.sid(),
                    record.from(),
                    record.to(),
                    delivery.depth());
            ended(delivery, Status.UNDELIVERED, Optional.of(MessageError.UNKNOWN));
        } else {
            run(received(owner.get(), number, record.from(), record.to(), record.body(), delivery.depth() + 1));
            ended(delivery, Status.DELIVERED, Optional.empty());
        }
    }

    private void run(MessageDocument document) {
        running.set(running.get() + 1);
        equipment.world().start("message", () -> {
            try {
                document.run();
            } finally {
                loop.post(new Work.Ran());
            }
        });
    }

    private void over(Delivery delivery, Status status, Optional<MessageError> error) {
        write(delivery, status, error);
        delivery.tell(equipment);
        live.set(live.get() - 1);
    }

    private void ended(Delivery delivery, Status status, Optional<MessageError> error) {
        over(delivery, status, error);
        next(delivery);
    }

    /** RFC 3428 §8: the next one to there goes when all of its phones have answered. */
    private void next(Delivery delivery) {
        Deque<Delivery> lane = lanes.get(delivery.lane());
        if (lane == null) {
            return;
        }
        lane.remove(delivery);
        if (lane.isEmpty()) {
            lanes.remove(delivery.lane());
        } else {
            begin(lane.getFirst());
        }
    }

    private void write(Delivery delivery, Status status, Optional<MessageError> error) {
        MessageRecord next = delivery.record()
                .now(
                        status,
                        error.map(MessageError::number),
                        equipment.world().time().now());
        delivery.now(next);
        equipment.messageRecords().write(next);
        if (status.ended()) {
            tell(next);
        }
    }

    /** Whoever listens to the account. */
    private void tell(MessageRecord record) {
        var values = new HashMap<>(Map.of(
                "message_sid", record.sid().text(),
                "direction", record.direction().text(),
                "from", record.from(),
                "to", record.to()));
        record.errorCode().ifPresent(code -> values.put("error_code", Integer.toString(code)));
        equipment
                .events()
                .post(AccountEvent.now(
                        equipment.world(),
                        record.accountSid(),
                        AccountEvent.Topic.MESSAGE,
                        record.status().text(),
                        record.callSid(),
                        values));
    }
}
