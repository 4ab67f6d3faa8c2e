package teleapi.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import teleapi.call.Sid;
import teleapi.call.records.KeptAnswer;
import teleapi.call.records.KeyClaim;
import teleapi.call.records.RequestKeys;
import teleapi.runtime.Time;

/**
 * Idempotency-Keys. Memory holds which are at work; the table tells what is claimed and how it ended.
 *
 * <p>A key is in {@code working} before it is claimed in the table, and leaves it only when its end is in the outbox, or the table, or is
 * given up. So an open row that nobody here works on is one whose work never began, or ended without effect while the database was away: it
 * may be taken. An open row of a server that died is closed before this one begins ({@link #close}).
 *
 * <pre>
 * Thread  any; that a key is put into {@code working} is one step, and only who has done it touches its row
 * Source  ADR-0012
 * </pre>
 */
final class StoredRequestKeys implements RequestKeys {
    private static final Duration KEPT = Duration.ofHours(24);

    private final RequestKeyTable table = new RequestKeyTable();
    private final Time time;
    private final Database database;
    private final Outbox<RequestRecord> outbox;
    private final Settling settling;
    /** The digests of their requests. */
    private final ConcurrentHashMap<Sid, String> working = new ConcurrentHashMap<>();

    StoredRequestKeys(Time time, Database database, Outbox<RequestRecord> outbox, Settling settling) {
        this.time = time;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    /** Before the first request: what is open was at work in a server that is gone, and nobody knows how far it came. */
    static int close(Jdbi jdbi) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("UPDATE request_keys SET ended = TRUE, revision = 2 WHERE NOT ended")
                        .execute());
    }

    @Override
    public KeyClaim claim(Sid account, String key, byte[] request) {
        Sid sid = new Sid(Sid.REQUEST_KEY + digest(account + " " + key).substring(0, 32));
        KeyClaim.Mine mine = new KeyClaim.Mine(sid, account, digest(request), time.now());
        String other = working.putIfAbsent(sid, mine.request());
        if (other != null) {
            return other.equals(mine.request()) ? new KeyClaim.Running() : new KeyClaim.Taken();
        }
        KeyClaim claim = new KeyClaim.Running();
        try {
            // First what waits, then the table: a row leaves the outbox only after its commit.
            claim = outbox.pending(sid)
                    .map(there -> found(there, mine))
                    .orElseGet(() -> database.ask(
                            "an Idempotency-Key cannot be claimed",
                            jdbi -> jdbi.inTransaction(handle -> claim(handle, mine))));
            return claim;
        } finally {
            if (!(claim instanceof KeyClaim.Mine)) {
                working.remove(sid);
            }
        }
    }

    @Override
    public void answered(KeyClaim.Mine claim, KeptAnswer answer) {
        end(claim, Optional.of(answer));
    }

    @Override
    public void unknown(KeyClaim.Mine claim) {
        end(claim, Optional.empty());
    }

    @Override
    public void release(KeyClaim.Mine claim) {
        try {
            database.ask(
                    "an Idempotency-Key is not released",
                    jdbi -> jdbi.withHandle(handle -> delete(handle, claim.sid(), claim.since())));
        } catch (teleapi.call.records.RecordsUnavailable away) {
            // The open row stays and is free all the same, while this server lives.
        } finally {
            working.remove(claim.sid());
        }
    }

    private KeyClaim claim(Handle handle, KeyClaim.Mine mine) {
        List<RequestRecord> rows = Records.all(
                handle, table, new Conditions().equal("sid", mine.sid().text()));
        Optional<RequestRecord> there = rows.stream()
                .filter(row -> row.ended() && row.dateCreated().plus(KEPT).isAfter(mine.since()))
                .findFirst();
        if (there.isPresent()) {
            return found(there.get(), mine);
        }
        rows.forEach(row -> delete(handle, row.sid(), row.dateCreated()));
        RequestRecord open =
                new RequestRecord(mine.sid(), mine.account(), mine.request(), false, mine.since(), Optional.empty());
        Row row = table.row(open);
        int inserted = handle.createUpdate(row.insertInto(table.name()) + " ON CONFLICT DO NOTHING")
                .bindMap(row.values())
                .execute();
        // Another node with the same database was first.
        return inserted == 1 ? mine : new KeyClaim.Running();
    }

    private static KeyClaim found(RequestRecord there, KeyClaim.Mine mine) {
        if (!there.request().equals(mine.request())) {
            return new KeyClaim.Taken();
        }
        return there.answer().<KeyClaim>map(KeyClaim.Answered::new).orElseGet(KeyClaim.Unknown::new);
    }

    private void end(KeyClaim.Mine claim, Optional<KeptAnswer> answer) {
        outbox.put(new RequestRecord(claim.sid(), claim.account(), claim.request(), true, claim.since(), answer));
        working.remove(claim.sid());
        settling.await();
    }

    private int delete(Handle handle, Sid sid, Instant since) {
        return handle.createUpdate("DELETE FROM " + table.name() + " WHERE sid = :sid AND date_created <= :since")
                .bind("sid", sid.text())
                .bind("since", Row.utc(since))
                .execute();
    }

    private static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has it (MessageDigest's own documentation).
            throw new IllegalStateException(e);
        }
    }
}
