package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.MessageSettings;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.MessageRecord;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** Text messages that do not come in, or not in that name. */
class MessageBordersTest {
    private final SimulatedWorld world = new SimulatedWorld(12);
    private final List<HttpAsk> asked = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final House house;

    MessageBordersTest() throws IOException {
        house = new House(
                world,
                new Application(
                        world,
                        ask -> {
                            asked.add(ask);
                            return Optional.of(new HttpReply.Received(
                                    200, ask.url(), "text/xml", "<Response/>".getBytes(StandardCharsets.UTF_8)));
                        },
                        seen -> {}));
    }

    @AfterEach
    void nothingIsLeft() {
        world.runFor(Duration.ofMinutes(2));
        assertEquals(List.of(), house.leftovers());
        house.close();
    }

    private Phone phone(String name, String kind) throws IOException {
        Phone phone = house.phone(name, kind, 0, List.of(), event -> {
            if (event instanceof PhoneEvent.TextAnswered answered) {
                answers.add(answered.status());
            }
        });
        world.runFor(Duration.ofSeconds(1));
        return phone;
    }

    private Sent send(Account account, String from, String to) {
        return house.switchboard.send(
                new NewMessage(account.sid(), Optional.empty(), from, to, "it is me", Optional.empty()));
    }

    private List<MessageRecord> all() {
        return house.memory.messages.values().stream().map(List::getLast).toList();
    }

    @Test
    void aNumberThatTakesNoMessagesSaysSoToAClient() throws IOException {
        // docs/api/messages.md: who sends one is told 404 (30005); a client, too
        Phone bob = phone("bob", "client");
        settings(MessageSettings.NONE);
        SipUri self = SipUri.of("bob", "10.0.0.1", 5060);
        bob.text(SipUri.of(House.NUMBER, "10.0.0.1", 5060), self, Optional.of("bob"), "hello");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(404), answers);
        assertEquals(List.of(), all());
    }

    @Test
    void aNumberWhoseApplicationHasNoDocumentTakesNoMessages() throws IOException {
        // as a call to it is 404 (Reception): taken, it would be lost without a word
        Phone trunk = phone("trunk", "trunk");
        var sms = new MessageSettings(
                Optional.empty(),
                HttpMethod.POST,
                Optional.empty(),
                HttpMethod.POST,
                Optional.of(Sid.fresh(Sid.APPLICATION, world)));
        settings(sms);
        trunk.text(
                SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                SipUri.of("+15551111", "10.0.0.99", 5060),
                Optional.empty(),
                "hello");
        send(house.account, "+15550200", House.NUMBER);
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(404), answers);
        assertEquals(
                List.of(Optional.of(30005)),
                all().stream().map(MessageRecord::errorCode).toList());
    }

    /** What the number does with messages from now on. */
    private void settings(MessageSettings sms) {
        PhoneNumber number =
                Optional.ofNullable(house.memory.numbers.get(House.NUMBER)).orElseThrow();
        house.memory.numbers.put(
                House.NUMBER,
                new PhoneNumber(
                        number.sid(),
                        number.accountSid(),
                        number.phoneNumber(),
                        number.friendlyName(),
                        number.voice(),
                        sms,
                        number.dateCreated(),
                        number.dateUpdated()));
    }

    @Test
    void nobodyWritesInTheNameOfAnotherAccountsClient() throws IOException {
        // reliability S3, S10: to a number's document client:name is who has proved it; ADR-0024
        phone("alice", "client");
        var now = world.time().now();
        Account other = new Account(
                Sid.fresh(Sid.ACCOUNT, world), Optional.empty(), "other", "o@example.com", true, "token2", now, now);
        house.memory.accounts.put(other.sid(), other);
        for (String from : List.of("client:alice", "client:alice?X-A=1", "sip:alice@10.0.0.1:5060")) {
            Sent.Refused refused = assertInstanceOf(Sent.Refused.class, send(other, from, House.NUMBER));
            assertEquals(21212, refused.code(), from);
        }
        for (String from : List.of("client:alice", "sip:alice@10.0.0.1:5060")) {
            assertInstanceOf(Sent.Queued.class, send(house.account, from, House.NUMBER));
        }
        world.runFor(Duration.ofSeconds(1));
        assertEquals(2, asked.size());
    }
}
