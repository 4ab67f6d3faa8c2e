package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Application;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.Kept;
import teleapi.call.directory.MessageSettings;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.Provisioning;
import teleapi.call.directory.QueueSettings;
import teleapi.call.directory.VoiceSettings;
import teleapi.call.records.RecordsUnavailable;
import teleapi.rcml.HttpMethod;

/** Accounts and what they have, on real databases of both kinds. */
final class DirectoryTest extends OnBothDatabases {
    private Directory directory() {
        return store().directory();
    }

    private Provisioning provisioning() {
        return store().provisioning();
    }

    @Test
    void theFirstAccountIsMadeOnce() {
        // CONTRACT 1: first account; if unset, made at first start and printed once
        Account made = store().firstAccount(Optional.empty()).orElseThrow();
        assertEquals(32, made.authToken().length());
        restart();
        assertEquals(Optional.empty(), store().firstAccount(Optional.empty()));
        assertEquals(
                made.authToken(), directory().account(made.sid()).orElseThrow().authToken());
    }

    @Test
    void theOperatorsAccountFollowsHisToken() {
        // CONTRACT 1: TELEAPI_ACCOUNT_SID, TELEAPI_AUTH_TOKEN; a new token at the next start replaces the old one
        for (String token : List.of("one-token-of-the-operator", "another-token")) {
            assertEquals(
                    Optional.empty(),
                    store().firstAccount(Optional.of(new StoreSettings.FirstAccount(Calls.ACCOUNT, token))));
            restart();
            assertEquals(token, directory().account(Calls.ACCOUNT).orElseThrow().authToken());
        }
    }

    @Test
    void aNumberIsFoundWithAndWithoutPlus() {
        // Directory: the number as dialled; with and without + are the same
        provisioning().numbers().add(number(1, "+15550001"));
        assertTrue(directory().number("15550001").isPresent());
        restart();
        assertEquals(Optional.of(number(1, "+15550001")), directory().number("+15550001"));
    }

    @Test
    void aNumberBelongsToOneAccount() {
        // CONTRACT 2: a number that is taken is a conflict, also in its other spelling
        provisioning().numbers().add(number(1, "+15550001"));
        assertEquals(
                new Kept.Conflict<PhoneNumber>("PhoneNumber", "15550001"),
                provisioning().numbers().add(number(2, "15550001")));
        assertEquals(1, provisioning().numbers().list(Calls.ACCOUNT).size());
    }

    @Test
    void aNumberThatWasChangedIsFreeAgain() {
        // StoredShelf: what is looked up is what is kept, no more
        provisioning().numbers().add(number(1, "+15550001"));
        provisioning().numbers().change(Calls.ACCOUNT, number(1, "").sid(), old -> number(1, "+15550009"));
        assertEquals(Optional.empty(), directory().number("+15550001"));
        assertInstanceOf(Kept.Done.class, provisioning().numbers().add(number(2, "+15550001")));
        restart();
        assertEquals(
                number(1, "").sid(),
                directory().number("+15550009").orElseThrow().sid());
    }

    @Test
    void aNumberThatWasKeptBeforeMessagesHasNoneOfTheirSettings() {
        // ADR-0024; CONTRACT 5: databases of earlier versions are read
        database.execute("INSERT INTO numbers (sid, account_sid, phone_number, number_key, friendly_name, voice_method,"
                + " voice_fallback_method, status_callback_method, date_created, date_updated) VALUES ('"
                + number(1, "").sid() + "', '" + Calls.ACCOUNT
                + "', '+15550001', '15550001', 'old', 'POST', 'POST', 'POST', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        restart();
        assertEquals(
                MessageSettings.NONE,
                directory().number("+15550001").orElseThrow().sms());
    }

    @Test
    void loginsAreUniqueOverAllAccounts() {
        // Directory: a phone only knows user and password
        provisioning().clients().add(client(1, Calls.ACCOUNT, "alice"));
        assertEquals(
                new Kept.Conflict<Client>("Login", "alice"),
                provisioning().clients().add(client(2, Calls.OTHER, "alice")));
        restart();
        assertEquals(Optional.of(client(1, Calls.ACCOUNT, "alice")), directory().client("alice"));
    }

    @Test
    void anotherAccountsThingsCannotBeSeenChangedOrRemoved() {
        // reliability.md A8: sub-account isolation
        Client alice = client(1, Calls.ACCOUNT, "alice");
        provisioning().clients().add(alice);
        assertEquals(Optional.empty(), provisioning().clients().find(Calls.OTHER, alice.sid()));
        assertEquals(
                new Kept.Missing<Client>(), provisioning().clients().change(Calls.OTHER, alice.sid(), old -> alice));
        assertFalse(provisioning().clients().remove(Calls.OTHER, alice.sid()));
        assertTrue(directory().client("alice").isPresent());
    }

    @Test
    void aQueueIsFoundByItsNameAlsoAfterARestart() {
        // ADR-0016: its Sid and its size survive; names are unique in an account
        Sid sid = queue(1, Calls.ACCOUNT, "support").sid();
        assertInstanceOf(Kept.Done.class, provisioning().queues().add(queue(1, Calls.ACCOUNT, "support")));
        assertInstanceOf(Kept.Conflict.class, provisioning().queues().add(queue(2, Calls.ACCOUNT, "support")));
        assertInstanceOf(Kept.Done.class, provisioning().queues().add(queue(3, Calls.OTHER, "support")));
        provisioning()
                .queues()
                .change(Calls.ACCOUNT, sid, old -> old.with(Optional.of("sales"), Optional.of(7), Calls.NOON));
        restart();
        assertEquals(Optional.empty(), directory().queue(Calls.ACCOUNT, "support"));
        assertEquals(
                sid, directory().queue(Calls.ACCOUNT, "sales").orElseThrow().sid());
        assertEquals(7, directory().queue(Calls.ACCOUNT, "sales").orElseThrow().maxSize());
        assertFalse(provisioning().queues().remove(Calls.OTHER, sid));
        assertTrue(provisioning().queues().remove(Calls.ACCOUNT, sid));
        restart();
        assertEquals(Optional.empty(), directory().queue(Calls.ACCOUNT, "sales"));
        assertEquals(1, provisioning().queues().list(Calls.OTHER).size());
    }

    @Test
    void aRemovedSubAccountTakesWhatItHas() {
        // CONTRACT 2: delete; nobody removes the account he is
        provisioning().accounts().add(account(Calls.ACCOUNT, Optional.empty()));
        provisioning().accounts().add(account(Calls.OTHER, Optional.of(Calls.ACCOUNT)));
        provisioning().clients().add(client(1, Calls.OTHER, "bob"));
        assertFalse(provisioning().accounts().remove(Calls.OTHER, Calls.OTHER));
        assertTrue(provisioning().accounts().remove(Calls.ACCOUNT, Calls.OTHER));
        assertEquals(Optional.empty(), directory().client("bob"));
        restart();
        assertEquals(Optional.empty(), directory().client("bob"));
        assertEquals(1, provisioning().accounts().list(Calls.ACCOUNT).size());
    }

    @Test
    void nothingChangesWhileTheDatabaseIsAway() {
        // Shelf: RecordsUnavailable when the database does not answer; nothing has changed then
        provisioning().applications().add(application("first"));
        database.execute("ALTER TABLE applications RENAME TO applications_away");
        assertThrows(
                RecordsUnavailable.class,
                () -> provisioning()
                        .applications()
                        .change(Calls.ACCOUNT, application("").sid(), old -> application("second")));
        assertEquals(
                "first",
                directory().application(application("").sid()).orElseThrow().friendlyName());
        database.execute("ALTER TABLE applications_away RENAME TO applications");
    }

    private static Account account(Sid sid, Optional<Sid> parent) {
        return new Account(sid, parent, "name", "a@example.org", true, "token", Calls.NOON, Calls.NOON);
    }

    private static PhoneNumber number(int number, String text) {
        VoiceSettings voice = new VoiceSettings(
                Optional.of("http://127.0.0.1/voice"),
                HttpMethod.GET,
                Optional.empty(),
                HttpMethod.POST,
                Optional.of(new Sid("AP" + "0".repeat(32))),
                Optional.of("http://127.0.0.1/status"),
                HttpMethod.POST);
        MessageSettings sms = new MessageSettings(
                Optional.of("http://127.0.0.1/sms"),
                HttpMethod.GET,
                Optional.of("http://127.0.0.1/fallback"),
                HttpMethod.GET,
                Optional.of(new Sid("AP" + "0".repeat(31) + "1")));
        return new PhoneNumber(
                new Sid("PN" + "0".repeat(31) + number),
                Calls.ACCOUNT,
                text,
                "name",
                voice,
                sms,
                Calls.NOON,
                Calls.NOON);
    }

    private static Client client(int number, Sid account, String login) {
        Sid sid = new Sid("CL" + "0".repeat(31) + number);
        return new Client(sid, account, login, "secret", login, VoiceSettings.NONE, Calls.NOON, Calls.NOON);
    }

    private static QueueSettings queue(int number, Sid account, String name) {
        return new QueueSettings(new Sid("QU" + "0".repeat(31) + number), account, name, 1_000, Calls.NOON, Calls.NOON);
    }

    private static Application application(String name) {
        Sid sid = new Sid("AP" + "0".repeat(32));
        return new Application(sid, Calls.ACCOUNT, name, Optional.of("http://127.0.0.1/rcml"), Calls.NOON, Calls.NOON);
    }
}
