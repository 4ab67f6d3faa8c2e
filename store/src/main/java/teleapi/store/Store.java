package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;
import teleapi.call.directory.Provisioning;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
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

    private static final Duration LAST_TRY = Duration.ofSeconds(10);

    private final World world;
    private final Database database;
    private final Mailbox<Writer.Work> queue;
    private final Writer writer;
    private final Clerk clerk;
    private final StoredDirectory directory;
    private final Outbox<CallRecord> calls;
    private final Outbox<ConferenceRecord> conferences;
    private final Outbox<Notification> notifications;

    private Store(World world, Database database) {
        this.world = world;
        this.database = database;
        this.queue = world.mailbox("store writer", 3 * Outbox.LIMIT);
        this.writer = new Writer(world, database, queue);
        this.clerk = new Clerk(world);
        this.directory = new StoredDirectory(database, clerk);
        this.calls = new Outbox<>(new CallTable(), queue);
        this.conferences = new Outbox<>(new ConferenceTable(), queue);
        this.notifications = new Outbox<>(new NotificationTable(), queue);
    }

    public static Store open(World world, StoreSettings settings) {
        Database database = Database.open(settings);
        try {
            Recovery.run(database.jdbi());
            Store store = new Store(world, database);
            store.directory.load();
            store.clerk.start();
            store.writer.start();
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
        return new StoredCalls(new CallTable(), database, calls, settling());
    }

    public ConferenceRecords conferences() {
        return new StoredConferences(new ConferenceTable(), database, conferences, settling());
    }

    public Notifications notifications() {
        return new StoredNotifications(new NotificationTable(), database, notifications, settling());
    }

    public Directory directory() {
        return directory;
    }

    public Provisioning provisioning() {
        return directory;
    }

    public StoreReading reading() {
        int waiting = calls.size() + conferences.size() + notifications.size();
        long lost = calls.lost() + conferences.lost() + notifications.lost();
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
        if (queue.post(new Writer.Work.Stop(world.time().after(LAST_TRY), stopped))) {
            stopped.take(world.time().after(LAST_TRY.plusSeconds(5)));
        }
        clerk.end();
        database.close();
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

    private Settling settling() {
        return new Settling(world, queue, writer);
    }
}
