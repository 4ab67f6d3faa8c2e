package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;
import teleapi.call.directory.Provisioning;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallJournal;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.EventHistory;
import teleapi.call.records.EventLog;
import teleapi.call.records.Journals;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.OwedCallbacks;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;
import teleapi.call.records.RequestKeys;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * What must outlive a restart.
 *
 * <pre>
 * Shape   opened once, before anything else; then every record of an earlier run has a final state, and there is an account
 * Thread  open and close: main's. The interfaces say theirs
 * Errors  StoreException with one line when it cannot be opened
 * Source  CONTRACT sections 1 and 5; ADR-0007
 * </pre>
 */
public final class Store implements AutoCloseable {
    /** More records than this waiting means that the database does not keep up: no new calls. */
    private static final int STRAINED = Outbox.LIMIT / 2;

    private static final int OUTBOXES = 12;

    private static final Duration LAST_TRY = Duration.ofSeconds(10);

    private final World world;
    private final Database database;
    private final Mailbox<Writer.Work> queue;
    private final Writer writer;
    private final Clerk clerk;
    private final StoredDirectory directory;
    private final Outbox<CallRecord> calls;
    private final Outbox<CallQuality> qualities;
    private final Outbox<ConferenceRecord> conferences;
    private final Outbox<Notification> notifications;
    private final Outbox<CallJournal> journals;
    private final Outbox<OwedCallback> owed;
    private final StoredEvents events;
    private final Outbox<ModificationRecord> modifications;
    private final Outbox<RequestRecord> requests;
    private final Outbox<RecordingRecord> recordings;
    private final Outbox<TranscriptionRecord> transcriptions;
    private final Outbox<MessageRecord> messages;
    private final StoredRequestKeys requestKeys;
    private final Retention retention;

    private Store(World world, Database database) {
        this.world = world;
        this.database = database;
        this.queue = world.mailbox("store writer", OUTBOXES * Outbox.LIMIT);
        this.writer = new Writer(world, database, queue);
        this.clerk = new Clerk(world);
        this.directory = new StoredDirectory(database, clerk);
        this.calls = new Outbox<>(new CallTable(), queue);
        this.qualities = new Outbox<>(new QualityTable(), queue);
        this.conferences = new Outbox<>(new ConferenceTable(), queue);
        this.notifications = new Outbox<>(new NotificationTable(), queue);
        this.journals = new Outbox<>(new JournalTable(), queue);
        this.owed = new Outbox<>(new OwedCallbackTable(), queue);
        this.events = new StoredEvents(world, database, queue, writer);
        this.modifications = new Outbox<>(new ModificationTable(), queue);
        this.requests = new Outbox<>(new RequestKeyTable(), queue);
        this.recordings = new Outbox<>(new RecordingTable(), queue);
        this.transcriptions = new Outbox<>(new TranscriptionTable(), queue);
        this.messages = new Outbox<>(new MessageTable(), queue);
        this.requestKeys = new StoredRequestKeys(world.time(), database, requests, settling());
        this.retention = new Retention(world, database);
    }

    public static Store open(World world, StoreSettings settings) {
        Database database = Database.open(settings);
        try {
            Recovery.Closed closed = Recovery.run(database.jdbi());
            Store store = new Store(world, database);
            closed.calls().forEach(store::tellEnd);
            closed.conferences().forEach(store::tellEnd);
            store.directory.load();
            store.clerk.start();
            store.writer.start();
            store.retention.start();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw new StoreException("cannot read the database: " + Database.reason(e), e);
        }
    }

    /**
     * Sees to it that there is an account to begin with: the operator's, or one that is made.
     *
     * @return the account made now, whose token is to be shown once; empty when there was one, or the operator knows it
     */
    public Optional<Account> firstAccount(Optional<StoreSettings.FirstAccount> wanted) {
        if (wanted.isPresent()) {
            keep(wanted.get());
            return Optional.empty();
        }
        if (!directory.empty()) {
            return Optional.empty();
        }
        var token = new byte[16];
        world.random().fill(token);
        Account made = account(Sid.fresh(Sid.ACCOUNT, world), HexFormat.of().formatHex(token));
        directory.accounts().add(made);
        return Optional.of(made);
    }

    public CallRecords calls() {
        return new StoredCalls(archive("call", calls), archive("the quality of", qualities));
    }

    public ConferenceRecords conferences() {
        return new StoredConferences(archive("conference", conferences));
    }

    public Notifications notifications() {
        return new StoredNotifications(archive("notification", notifications));
    }

    public EventLog eventLog() {
        return events;
    }

    public EventHistory eventHistory() {
        return events;
    }

    public Journals journals() {
        return new StoredJournals(archive("the journal of", journals));
    }

    public OwedCallbacks owedCallbacks() {
        return new StoredOwedCallbacks(database, owed);
    }

    public ModificationRecords modifications() {
        return new StoredModifications(archive("modification", modifications));
    }

    public Recordings recordings() {
        return new StoredRecordings(archive("recording", recordings));
    }

    public MessageRecords messages() {
        return new StoredMessages(archive("message", messages));
    }

    public Transcriptions transcriptions() {
        return new StoredTranscriptions(archive("transcription", transcriptions));
    }

    public RequestKeys requestKeys() {
        return requestKeys;
    }

    public Directory directory() {
        return directory;
    }

    public Provisioning provisioning() {
        return directory;
    }

    Retention retention() {
        return retention;
    }

    public StoreReading reading() {
        int waiting = 0;
        long lost = 0;
        for (Outbox<?> outbox : List.of(
                calls,
                qualities,
                conferences,
                notifications,
                journals,
                owed,
                events.outbox(),
                modifications,
                requests,
                recordings,
                transcriptions,
                messages)) {
            waiting += outbox.size();
            lost += outbox.lost();
        }
        Optional<String> trouble = writer.trouble().map(reason -> "the database is away: " + reason);
        if (trouble.isEmpty() && waiting > STRAINED) {
            trouble = Optional.of(waiting + " records wait to be kept");
        }
        return new StoreReading(waiting, lost, trouble);
    }

    /** Keeps what has been written and closes the database; gives up after ten seconds when it is away. */
    @Override
    public void close() {
        Mailbox<Boolean> stopped = world.mailbox("store stopped", 1);
        if (writer.ask(new Writer.Work.Stop(world.time().after(LAST_TRY), stopped))) {
            stopped.take(world.time().after(LAST_TRY.plusSeconds(5)));
        }
        clerk.end();
        retention.end();
        database.close();
    }

    /** Listeners learn of an end that nobody saw. */
    private void tellEnd(CallRecord call) {
        events.post(AccountEvent.now(
                world,
                call.accountSid(),
                AccountEvent.Topic.CALL,
                call.status().text(),
                Optional.of(call.sid()),
                Map.of("cause", call.cause().orElse(""), "revision", Long.toString(call.revision()))));
    }

    private void tellEnd(ConferenceRecord conference) {
        events.post(AccountEvent.now(
                world,
                conference.accountSid(),
                AccountEvent.Topic.CONFERENCE,
                "conference-end",
                Optional.empty(),
                Map.of(
                        "conference_sid", conference.sid().text(),
                        "friendly_name", conference.friendlyName(),
                        "reason", conference.reasonEnded().orElse("error"))));
    }

    private void keep(StoreSettings.FirstAccount wanted) {
        Optional<Account> there = directory.account(wanted.sid());
        if (there.isEmpty()) {
            directory.accounts().add(account(wanted.sid(), wanted.authToken()));
        } else if (!there.get().authToken().equals(wanted.authToken())
                || !there.get().active()) {
            directory
                    .accounts()
                    .change(
                            wanted.sid(),
                            wanted.sid(),
                            old -> new Account(
                                    old.sid(),
                                    old.parent(),
                                    old.friendlyName(),
                                    old.emailAddress(),
                                    true,
                                    wanted.authToken(),
                                    old.dateCreated(),
                                    world.time().now()));
        }
    }

    private Account account(Sid sid, String token) {
        Instant now = world.time().now();
        return new Account(sid, Optional.empty(), "First account", "", true, token, now, now);
    }

    private <R> Archive<R> archive(String what, Outbox<R> outbox) {
        return new Archive<>(what, outbox, database, settling());
    }

    private Settling settling() {
        return new Settling(world, writer);
    }
}
