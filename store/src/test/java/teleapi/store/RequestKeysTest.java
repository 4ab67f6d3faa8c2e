package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import teleapi.call.records.KeptAnswer;
import teleapi.call.records.KeyClaim;
import teleapi.call.records.RecordsUnavailable;
import teleapi.call.records.RequestKeys;
import teleapi.runtime.Mailbox;

/** Idempotency-Keys on real databases of both kinds. */
final class RequestKeysTest extends OnBothDatabases {
    private static final byte[] REQUEST = "POST /Calls/CA1\nMute=true".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "POST /Calls/CA1\nMute=false".getBytes(StandardCharsets.UTF_8);
    private static final KeptAnswer ANSWER = new KeptAnswer(
            202,
            Map.of("ETag", "\"7\"", "Location", "/a:b"),
            "application/json;charset=utf-8",
            "{\"a\":\"ö\"}".repeat(4000));

    private RequestKeys keys() {
        return store().requestKeys();
    }

    private KeyClaim claim(byte[] request) {
        return keys().claim(Calls.ACCOUNT, "key", request);
    }

    private KeyClaim.Mine mine() {
        return assertInstanceOf(KeyClaim.Mine.class, claim(REQUEST));
    }

    @Test
    void anAnswerIsRepeatedAlsoAfterARestart() {
        // CONTRACT 2: the same key and body within 24 h has one effect and the same answer; issue 3: survives a restart
        keys().answered(mine(), ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
        restart();
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
        assertEquals(new KeyClaim.Taken(), claim(OTHER));
    }

    @Test
    void whileTheFirstRunsItsRepeatIsToldSo() {
        // CONTRACT 2: still running 409; another body 422
        KeyClaim.Mine mine = mine();
        assertEquals(new KeyClaim.Running(), claim(REQUEST));
        assertEquals(new KeyClaim.Taken(), claim(OTHER));
        keys().answered(mine, ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
    }

    @Test
    void whatRanWhenTheServerDiedIsUnknown() {
        // peers.md part 6 row 8: 409 state-unknown; nobody knows whether it had its effect
        mine();
        restart();
        assertEquals(new KeyClaim.Unknown(), claim(REQUEST));
        assertEquals(new KeyClaim.Taken(), claim(OTHER));
    }

    @Test
    void whatHadNoEffectMayBeTriedAgain() {
        // peers.md part 4 row 26: the same key after a failed call must not be refused
        keys().release(mine());
        keys().release(assertInstanceOf(KeyClaim.Mine.class, claim(OTHER)));
        keys().answered(mine(), ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
    }

    @Test
    void theSameKeyOfAnotherAccountIsAnotherKey() {
        // reliability.md A8: nothing of another account is visible
        keys().answered(mine(), ANSWER);
        assertInstanceOf(KeyClaim.Mine.class, keys().claim(Calls.OTHER, "key", REQUEST));
    }

    @Test
    void ofManyAtTheSameTimeOneGetsTheKey() {
        // CONTRACT 2: one effect
        Mailbox<KeyClaim> claims = world.mailbox("claims", 20);
        for (int i = 0; i < 20; i++) {
            world.start("claimant", () -> claims.post(claim(REQUEST)));
        }
        List<KeyClaim> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(claims.take(world.time().after(Duration.ofSeconds(30))).orElseThrow());
        }
        assertEquals(1, all.stream().filter(KeyClaim.Mine.class::isInstance).count());
        assertEquals(19, Collections.frequency(all, new KeyClaim.Running()));
    }

    @Test
    void withoutADatabaseNothingIsClaimed() {
        // RequestKeys: claim throws, and then nothing is claimed: it can be tried again
        database.execute("ALTER TABLE request_keys RENAME TO request_keys_away");
        assertThrows(RecordsUnavailable.class, this::mine);
        database.execute("ALTER TABLE request_keys_away RENAME TO request_keys");
        mine();
    }

    @Test
    void anAnswerThatCannotBeKeptNowIsRepeatedFromMemoryAndKeptLater() {
        // CONTRACT 2: never a 5xx once a change was made: the answer goes out, and is kept when the database is back
        KeyClaim.Mine mine = mine();
        database.execute("ALTER TABLE request_keys RENAME TO request_keys_away");
        keys().answered(mine, ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
        database.execute("ALTER TABLE request_keys_away RENAME TO request_keys");
        restart();
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
    }

    @Test
    void aKeyThatCouldNotBeReleasedIsFreeAllTheSame() {
        // StoredRequestKeys: an open row that nobody works on had no effect
        KeyClaim.Mine mine = mine();
        database.execute("ALTER TABLE request_keys RENAME TO request_keys_away");
        keys().release(mine);
        database.execute("ALTER TABLE request_keys_away RENAME TO request_keys");
        keys().answered(mine(), ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
    }

    @Test
    void afterADayAKeyIsFreeAndItsRowDeleted() {
        // CONTRACT 2: within 24 h
        keys().answered(mine(), ANSWER);
        database.execute("UPDATE request_keys SET date_created = date_created - INTERVAL '25' HOUR");
        keys().answered(mine(), ANSWER);
        assertEquals(new KeyClaim.Answered(ANSWER), claim(REQUEST));
        assertEquals(1, store().retention().apply(Retention.Limit.byDate("request_keys", Duration.ZERO, 10)));
    }

    @Test
    void theOldestOfTooManyAreDeleted() {
        // STYLE: nothing is unbounded
        for (String key : List.of("one", "two", "three")) {
            keys().answered((KeyClaim.Mine) keys().claim(Calls.ACCOUNT, key, REQUEST), ANSWER);
        }
        var two = Retention.Limit.byDate("request_keys", Duration.ofHours(24), 2);
        assertEquals(1, store().retention().apply(two));
        assertEquals(0, store().retention().apply(two));
        assertInstanceOf(KeyClaim.Mine.class, keys().claim(Calls.ACCOUNT, "one", REQUEST));
        assertEquals(new KeyClaim.Answered(ANSWER), keys().claim(Calls.ACCOUNT, "three", REQUEST));
    }
}
