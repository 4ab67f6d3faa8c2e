package teleapi.rest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import teleapi.call.Accepted;
import teleapi.call.BatchStatus;
import teleapi.call.CallStatus;
import teleapi.call.Change;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.Controls.Streaming;
import teleapi.call.Created;
import teleapi.call.Direction;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.bridge.Announcement;
import teleapi.call.bridge.QueueMember;
import teleapi.call.bridge.Recorded;
import teleapi.call.bridge.Reservation;
import teleapi.call.directory.Account;
import teleapi.call.directory.Application;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.Provisioning;
import teleapi.call.directory.QueueSettings;
import teleapi.call.directory.Shelf;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallJournal;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.JournalEntry;
import teleapi.call.records.Journals;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Page;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.stream.StreamTerms;
import teleapi.media.Quality;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/** Everything behind the API, small and in memory: it does at once what it is asked, or what the test has told it to answer. */
final class MemoryHouse implements LiveCalls, CallRecords, Directory, Provisioning {
    final World world;
    final MemoryShelf<Account> accounts = new MemoryShelf<>(
            Account::sid,
            account -> account.sid().text(),
            (account, by) -> account.sid().equals(by) || account.parent().equals(Optional.of(by)));
    final MemoryShelf<PhoneNumber> numbers = new MemoryShelf<>(
            PhoneNumber::sid,
            PhoneNumber::phoneNumber,
            (number, by) -> number.accountSid().equals(by));
    final MemoryShelf<Client> clients = new MemoryShelf<>(
            Client::sid, Client::login, (client, by) -> client.accountSid().equals(by));
    final MemoryShelf<Application> applications = new MemoryShelf<>(
            Application::sid,
            application -> application.sid().text(),
            (application, by) -> application.accountSid().equals(by));
    final MemoryShelf<QueueSettings> queues = new MemoryShelf<>(
            QueueSettings::sid,
            queue -> queue.accountSid() + queue.friendlyName(),
            (queue, by) -> queue.accountSid().equals(by));
    final Published<List<QueueMember>> queueMembers = new Published<>(List.of());
    final ConcurrentHashMap<Sid, CallQuality> qualities = new ConcurrentHashMap<>();
    Quality liveQuality = Quality.NONE;
    final ConcurrentHashMap<Sid, CallRecord> calls = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<NewCall> created = new ConcurrentLinkedQueue<>();
    /** What happens while a call is being created. */
    final Published<Runnable> beforeCreation = new Published<>(() -> {});

    final MemoryRecordings recordings = new MemoryRecordings();
    final MemoryTranscriptions transcriptions = new MemoryTranscriptions();
    final MemoryMessages messages = new MemoryMessages();
    final ConcurrentLinkedQueue<Modification> modifications = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Change> together = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<CallFilter> filters = new ConcurrentLinkedQueue<>();
    final ConcurrentHashMap<Sid, ModificationRecord> modificationRecords = new ConcurrentHashMap<>();
    final MemoryKeys keys = new MemoryKeys();
    final Published<List<ParticipantRecord>> participants = new Published<>(List.of());
    final Published<List<ConferenceRecord>> conferences = new Published<>(List.of());

    final ConcurrentLinkedQueue<NewDocument.Fetch> announcements = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<Controls.Recording> roomRecordings = new ConcurrentLinkedQueue<>();

    /** What becomes of recordings of conferences. */
    final Published<Recorded> recorded = new Published<>(new Recorded.NoneGoesOn());

    /** What becomes of announcements. */
    final Published<Announcement> announcement = new Published<>(new Announcement.Begun());

    final MemoryEvents events = new MemoryEvents();

    /** What becomes of modifications: statuses told at once, one after the other; none: it is not taken for now. */
    final Published<List<ModificationStatus.State>> outcome =
            new Published<>(List.of(ModificationStatus.State.APPLIED));

    /** Does what it is asked, and then breaks. */
    final Published<Boolean> faulty = new Published<>(false);

    /** Kept for a request that takes them out of their queue. */
    final Set<Sid> reserved = ConcurrentHashMap.newKeySet();

    /** Too many are waiting. */
    final Published<Boolean> refusing = new Published<>(false);

    MemoryHouse(World world) {
        this.world = world;
    }

    CallRecord call(Sid account, CallStatus status) {
        var now = world.time().now();
        Sid sid = Sid.fresh(Sid.CALL, world);
        CallRecord call = new CallRecord(
                sid,
                account,
                Optional.empty(),
                Optional.empty(),
                "+15550001",
                "client:bob",
                Direction.INBOUND,
                status,
                now,
                now,
                Optional.of(now),
                status.ended() ? Optional.of(now) : Optional.empty(),
                status.ended() ? Optional.of(java.time.Duration.ofSeconds(15)) : Optional.empty(),
                Optional.of(java.time.Duration.ofSeconds(2)),
                Optional.of("A <caller> & \"co\"\u0001"),
                Optional.empty(),
                false,
                Optional.empty(),
                1,
                java.util.OptionalInt.empty(),
                Optional.empty());
        calls.put(sid, call);
        return call;
    }

    @Override
    public Created create(NewCall request) {
        beforeCreation.get().run();
        created.add(request);
        CallRecord made = call(request.account(), CallStatus.QUEUED);
        if (!(request.document() instanceof NewDocument.Join join)) {
            return new Created.Call(made);
        }
        var now = world.time().now();
        return new Created.Participant(
                made,
                new ParticipantRecord(
                        made.sid(),
                        join.only().orElseGet(() -> Sid.fresh(Sid.CONFERENCE, world)),
                        request.account(),
                        join.terms().muted(),
                        false,
                        join.terms().coach().map(Sid::new),
                        join.terms().startConferenceOnEnter(),
                        join.terms().endConferenceOnExit(),
                        false,
                        now,
                        now));
    }

    @Override
    public Sent send(NewMessage request) {
        return messages.send(request, world);
    }

    @Override
    public Accepted modify(Sid account, Sid call, Modification modification) {
        Optional<CallRecord> live = live(account, call);
        if (live.isEmpty()) {
            return Accepted.NO_SUCH_LIVE_CALL;
        }
        if (refusing.get()) {
            return Accepted.TOO_MANY;
        }
        modifications.add(modification);
        if (faulty.get()) {
            throw new IllegalStateException("a fault of ours, on purpose");
        }
        modification.controls().recording().ifPresent(wanted -> recordings.change(live.get(), wanted, world));
        for (ModificationStatus.State state : outcome.get()) {
            int code = state == ModificationStatus.State.FAILED ? 11200 : 0;
            modification
                    .told()
                    .accept(new ModificationStatus(
                            modification.sid(),
                            state,
                            code,
                            code == 0 ? "" : "no answer",
                            java.util.Map.of(),
                            live.get(),
                            ControlState.NONE,
                            Optional.empty()));
        }
        return Accepted.YES;
    }

    @Override
    public OptionalInt modify(Sid account, List<Change> changes, Consumer<BatchStatus> told) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Change.OfCall change
                    && modify(account, change.call(), change.modification()) != Accepted.YES) {
                return OptionalInt.of(i);
            }
        }
        together.addAll(changes);
        told.accept(new BatchStatus(ModificationStatus.State.APPLIED, 0, "", -1));
        return OptionalInt.empty();
    }

    @Override
    public Optional<NewDocument> bridge(Sid account, Sid modification, Sid other) {
        return live(account, other).map(call -> new NewDocument.Wait(false));
    }

    @Override
    public Optional<ControlState> controls(Sid account, Sid call) {
        return live(account, call)
                .map(found -> new ControlState(false, false, false, recordings.goingOn(call), streams(), List.of()));
    }

    /** Those that were asked for. */
    private List<StreamTerms> streams() {
        return modifications.stream()
                .flatMap(asked -> asked.controls().streaming().stream())
                .filter(Streaming.Start.class::isInstance)
                .map(start -> ((Streaming.Start) start).terms())
                .toList();
    }

    @Override
    public Optional<CallRecord> live(Sid account, Sid call) {
        return find(account, call).filter(found -> !found.status().ended());
    }

    @Override
    public Optional<List<JournalEntry>> journal(Sid account, Sid call) {
        return live(account, call).map(found -> journal(found.sid()));
    }

    /** What every call here has lived through. */
    List<JournalEntry> journal(Sid call) {
        return List.of(
                new JournalEntry(
                        1,
                        world.time().now(),
                        1_500_000,
                        JournalEntry.Kind.SIP,
                        JournalEntry.Way.IN,
                        "caller",
                        "INVITE",
                        java.util.Map.of("To", "+15550100", "From", "<&>")),
                new JournalEntry(
                        2,
                        world.time().now(),
                        2_500_000,
                        JournalEntry.Kind.SIP,
                        JournalEntry.Way.OUT,
                        "caller",
                        "180",
                        java.util.Map.of()));
    }

    @Override
    public List<ConferenceRecord> liveConferences(Sid account) {
        return conferences.get().stream()
                .filter(found -> found.accountSid().equals(account))
                .toList();
    }

    @Override
    public List<ParticipantRecord> participants(Sid account, Sid conference) {
        return participants.get().stream()
                .filter(found -> found.accountSid().equals(account)
                        && found.conferenceSid().equals(conference))
                .toList();
    }

    @Override
    public boolean endConference(Sid account, Sid conference, Runnable over) {
        boolean live =
                liveConferences(account).stream().anyMatch(found -> found.sid().equals(conference));
        if (live) {
            over.run();
        }
        return live;
    }

    @Override
    public boolean announce(Account account, Sid conference, NewDocument.Fetch from, Consumer<Announcement> told) {
        announcements.add(from);
        told.accept(announcement.get());
        return liveConferences(account.sid()).stream()
                .anyMatch(found -> found.sid().equals(conference));
    }

    @Override
    public boolean recordConference(
            Sid account, Sid conference, Controls.Recording wanted, boolean trimmed, Consumer<Recorded> told) {
        roomRecordings.add(wanted);
        told.accept(recorded.get());
        return liveConferences(account).stream().anyMatch(found -> found.sid().equals(conference));
    }

    @Override
    public void write(CallRecord record) {
        calls.put(record.sid(), record);
    }

    @Override
    public void commit(CallRecord record) {
        calls.put(record.sid(), record);
    }

    @Override
    public void write(CallQuality quality) {
        qualities.put(quality.callSid(), quality);
    }

    @Override
    public Optional<CallQuality> quality(Sid account, Sid call) {
        return Optional.ofNullable(qualities.get(call))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Optional<Quality> liveQuality(Sid account, Sid call) {
        return live(account, call).map(there -> liveQuality);
    }

    @Override
    public Optional<CallRecord> find(Sid account, Sid call) {
        return Optional.ofNullable(calls.get(call))
                .filter(found -> found.accountSid().equals(account));
    }

    @Override
    public Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) {
        filters.add(filter);
        List<CallRecord> all = calls.values().stream()
                .filter(call -> call.accountSid().equals(account))
                .sorted(java.util.Comparator.comparing(CallRecord::sid))
                .toList();
        int from = Math.min(all.size(), page * size);
        return new Page<>(all.subList(from, Math.min(all.size(), from + size)), page, size, all.size());
    }

    @Override
    public Optional<Account> account(Sid account) {
        return accounts.get(account);
    }

    @Override
    public Optional<PhoneNumber> number(String phoneNumber) {
        return numbers.all().stream()
                .filter(number -> number.phoneNumber().equals(phoneNumber))
                .findFirst();
    }

    @Override
    public Optional<Client> client(String login) {
        return clients.all().stream()
                .filter(client -> client.login().equals(login))
                .findFirst();
    }

    @Override
    public Optional<Application> application(Sid application) {
        return applications.get(application);
    }

    @Override
    public Optional<QueueSettings> queue(Sid account, String friendlyName) {
        return queues.list(account).stream()
                .filter(queue -> queue.friendlyName().equals(friendlyName))
                .findFirst();
    }

    @Override
    public Shelf<QueueSettings> queues() {
        return queues;
    }

    @Override
    public List<QueueMember> queueMembers(Sid account, Sid queue) {
        return queueMembers.get();
    }

    @Override
    public Optional<Reservation> reserve(Sid account, Sid queue, Optional<Sid> wanted) {
        return queueMembers.get().stream()
                .filter(member -> wanted.isEmpty() || wanted.get().equals(member.callSid()))
                .findFirst()
                .map(member -> {
                    reserved.add(member.callSid());
                    return new Reservation(member, () -> reserved.remove(member.callSid()));
                });
    }

    @Override
    public Shelf<Account> accounts() {
        return accounts;
    }

    @Override
    public Shelf<PhoneNumber> numbers() {
        return numbers;
    }

    @Override
    public Shelf<Client> clients() {
        return clients;
    }

    @Override
    public Shelf<Application> applications() {
        return applications;
    }

    /** Rooms that are live are all there are. */
    ConferenceRecords rooms() {
        return new ConferenceRecords() {
            @Override
            public void write(ConferenceRecord record) {}

            @Override
            public Optional<ConferenceRecord> find(Sid account, Sid conference) {
                return Optional.empty();
            }

            @Override
            public Page<ConferenceRecord> list(
                    Sid account, Optional<ConferenceRecord.Status> status, Optional<String> name, int page, int size) {
                List<ConferenceRecord> all = liveConferences(account);
                return new Page<>(all, page, size, all.size());
            }
        };
    }

    Journals journals() {
        return new Journals() {
            @Override
            public void write(CallJournal journal) {}

            @Override
            public Optional<CallJournal> find(Sid account, Sid call) {
                return MemoryHouse.this
                        .find(account, call)
                        .map(found -> new CallJournal(call, account, 2, journal(call)));
            }
        };
    }

    /** The newest snapshot of each; none may overwrite a later one. */
    ModificationRecords keptModifications() {
        return new ModificationRecords() {
            @Override
            public void write(ModificationRecord record) {
                modificationRecords.merge(
                        record.sid(), record, (old, next) -> next.revision() > old.revision() ? next : old);
            }

            @Override
            public Optional<ModificationRecord> find(Sid account, Sid call, Sid modification) {
                return Optional.ofNullable(modificationRecords.get(modification))
                        .filter(found -> found.accountSid().equals(account)
                                && found.callSid().equals(call));
            }

            @Override
            public Page<ModificationRecord> list(Sid account, Sid call, int page, int size) {
                List<ModificationRecord> all = modificationRecords.values().stream()
                        .filter(found -> found.accountSid().equals(account)
                                && found.callSid().equals(call))
                        .sorted(java.util.Comparator.comparing(ModificationRecord::sid))
                        .toList();
                return new Page<>(all, page, size, all.size());
            }
        };
    }
}
