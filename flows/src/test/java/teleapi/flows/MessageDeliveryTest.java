package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.directory.Account;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecord.Direction;
import teleapi.call.records.MessageRecord.Status;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneSettings;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.SipUri;

/** Text messages of the API, and those that come in: their order, their bounds, and their one last status. */
class MessageDeliveryTest {
    private final SimulatedWorld world = new SimulatedWorld(11);
    private final List<HttpAsk> asked = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final House house;
    private final List<Integer> answers = new ArrayList<>();
    private String document = "<Response/>";
    private boolean silent;

    MessageDeliveryTest() throws IOException {
        house = new House(
                world,
                new Application(
                        world,
                        ask -> {
                            asked.add(ask);
                            return silent
                                    ? Optional.empty()
                                    : Optional.of(new HttpReply.Received(
                                            200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
                        },
                        seen -> {}));
    }

    @AfterEach
    void nothingIsLeft() {
        world.weather(Weather.FAIR);
        world.runFor(Duration.ofMinutes(2));
        assertEquals(List.of(), house.leftovers());
        assertEquals(0, house.switchboard.messages().live());
        house.close();
    }

    private Phone phone(String name, String kind) throws IOException {
        Phone phone = house.phone(name, kind, 0, List.of(), event -> {
            if (event instanceof PhoneEvent.Texted texted) {
                texts.add(name + ": " + texted.text());
            }
            if (event instanceof PhoneEvent.TextAnswered answered) {
                answers.add(answered.status());
            }
        });
        world.runFor(Duration.ofSeconds(1));
        return phone;
    }

    private Sent send(String to, String text) {
        return house.switchboard.send(new NewMessage(
                house.account.sid(),
                Optional.empty(),
                "+15550100",
                to,
                text,
                Optional.of(new NewMessage.Callback("http://app/told", HttpMethod.POST))));
    }

    private List<MessageRecord> all() {
        return house.memory.messages.values().stream().map(List::getLast).toList();
    }

    private List<Status> story(MessageRecord record) {
        return house.memory.messages.getOrDefault(record.sid(), List.of()).stream()
                .map(MessageRecord::status)
                .toList();
    }

    @Test
    void theRecordIsThereAtOnceAndTellsHowFarItIs() throws IOException {
        // ADR-0024: queued, sending, delivered
        phone("bob", "client");
        Sent.Queued queued = assertInstanceOf(Sent.Queued.class, send("client:bob", "hello"));
        assertEquals(Status.QUEUED, queued.record().status());
        world.runFor(Duration.ofSeconds(1));
        MessageRecord last = all().getFirst();
        assertEquals(List.of(Status.QUEUED, Status.SENDING, Status.DELIVERED), story(last));
        assertEquals(Direction.OUTBOUND_API, last.direction());
        assertTrue(last.dateSent().isPresent());
        assertEquals(List.of("bob: hello"), texts);
        HttpAsk told = asked.getFirst();
        assertEquals("http://app/told", told.url());
        assertEquals("delivered", told.parameters().get("MessageStatus"));
        AccountEvent event = house.memory.events.stream()
                .filter(one -> one.topic() == AccountEvent.Topic.MESSAGE)
                .findFirst()
                .orElseThrow();
        assertEquals("delivered", event.what());
        assertTrue(!event.values().containsValue("hello"), "what is written is nobody else's");
    }

    @Test
    void textsToOneAddressArriveInTheirOrderThoughTheNetworkLoses() throws IOException {
        // RFC 3428 section 8: one at a time; ADR-0024
        phone("bob", "client");
        world.weather(Weather.FAIR.withLoss(0.3).withDuplication(0.2).withReordering(0.5));
        for (int i = 0; i < 20; i++) {
            assertInstanceOf(Sent.Queued.class, send("client:bob", "text " + i));
        }
        world.runFor(Duration.ofMinutes(15));
        assertEquals(IntStream.range(0, 20).mapToObj(i -> "bob: text " + i).toList(), texts);
    }

    @Test
    void allPhonesOfAClientGetItAndOneAnswerIsEnough() throws IOException {
        // ADR-0024: the best of their answers counts
        phone("bob", "client");
        Phone second = Phone.open(
                world, new PhoneSettings("bob", new InetSocketAddress("10.0.0.50", 5060), 0, List.of()), event -> {
                    if (event instanceof PhoneEvent.Texted texted) {
                        texts.add("second: " + texted.text());
                    }
                });
        second.register(house.switchboard.sip().address(), "bob");
        world.runFor(Duration.ofSeconds(1));
        send("client:bob", "hello");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of("bob: hello", "second: hello"), texts.stream().sorted().toList());
        second.answerTexts(486);
        send("client:bob", "again");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of(Status.DELIVERED, Status.DELIVERED),
                all().stream().map(MessageRecord::status).toList());
        house.phone("bob").answerTexts(603);
        send("client:bob", "and again");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(Status.UNDELIVERED, all().getLast().status());
    }

    /** One is on its way through a network that loses everything, and one waits behind it. */
    private void twoToBob() {
        world.weather(Weather.FAIR.withLoss(1));
        send("client:bob", "one");
        send("client:bob", "two");
        world.runFor(Duration.ofMillis(100));
        world.weather(Weather.FAIR);
    }

    @Test
    void whatWaitsGoesWhereItsReceiverIsWhenItsTurnComes() throws IOException {
        // ADR-0024: to all phones of a client; a phone may register anew while one waits
        phone("bob", "client");
        twoToBob();
        Phone second = Phone.open(
                world, new PhoneSettings("bob", new InetSocketAddress("10.0.0.50", 5060), 0, List.of()), event -> {
                    if (event instanceof PhoneEvent.Texted texted) {
                        texts.add("second: " + texted.text());
                    }
                });
        second.register(house.switchboard.sip().address(), "bob");
        world.runFor(Duration.ofSeconds(2));
        assertEquals(
                List.of("bob: one", "bob: two", "second: two"),
                texts.stream().sorted().toList());
    }

    @Test
    void whatWaitsForAClientThatIsDeletedMeanwhileDoesNotReachIt() throws IOException {
        // CONTRACT section 2: a client that is deleted is gone
        phone("bob", "client");
        twoToBob();
        house.memory.clients.remove("bob");
        world.runFor(Duration.ofSeconds(2));
        assertEquals(List.of("bob: one"), texts);
        assertEquals(Status.FAILED, all().getLast().status());
        assertEquals(Optional.of(30005), all().getLast().errorCode());
    }

    @Test
    void whatWaitsOfAnAccountThatIsSuspendedMeanwhileIsNotSent() throws IOException {
        // Messages.send: only active accounts send
        phone("bob", "client");
        twoToBob();
        var now = world.time().now();
        Account old = house.account;
        house.memory.accounts.put(
                old.sid(),
                new Account(
                        old.sid(),
                        old.parent(),
                        old.friendlyName(),
                        old.emailAddress(),
                        false,
                        old.authToken(),
                        now,
                        now));
        world.runFor(Duration.ofSeconds(2));
        assertEquals(List.of("bob: one"), texts);
        assertEquals(Status.FAILED, all().getLast().status());
        assertEquals(Optional.of(30004), all().getLast().errorCode());
    }

    @Test
    void onePhoneThatIsGoneDoesNotKeepTheOthersDeliverySecret() throws IOException {
        // ADR-0024: the best of their answers counts, and there is none better; a phone that moved leaves its old
        // address behind
        phone("bob", "client");
        Phone gone = Phone.open(
                world, new PhoneSettings("bob", new InetSocketAddress("10.0.0.50", 5060), 0, List.of()), event -> {});
        gone.register(house.switchboard.sip().address(), "bob");
        world.runFor(Duration.ofSeconds(1));
        world.weather(Weather.FAIR.withLoss(1));
        gone.close();
        world.runFor(Duration.ofSeconds(3));
        world.weather(Weather.FAIR);
        send("client:bob", "hello");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("bob: hello"), texts);
        assertEquals(Status.DELIVERED, all().getFirst().status());
        assertEquals(1, asked.size());
        world.runFor(Duration.ofSeconds(40));
        assertEquals(List.of(Status.QUEUED, Status.SENDING, Status.DELIVERED), story(all().getFirst()));
        assertEquals(1, asked.size());
    }

    @Test
    void theTrunkVouchesForNoHandset() throws IOException {
        // ADR-0024: sent
        phone("trunk", "trunk");
        send("+15559999", "hello");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(Status.SENT, all().getFirst().status());
        assertEquals(List.of("trunk: hello"), texts);
    }

    @Test
    void whoSaysNothingIsUndeliveredAndWhatWaitsBehindGoesOn() throws IOException {
        // ADR-0024: 30003
        phone("trunk", "trunk");
        send("sip:silent@10.0.0.200", "one");
        send("sip:silent@10.0.0.200", "two");
        send("+15559999", "three");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(Status.SENT, all().getLast().status(), "others do not wait");
        world.runFor(Duration.ofSeconds(70));
        for (MessageRecord record : all().subList(0, 2)) {
            assertEquals(Status.UNDELIVERED, record.status());
            assertEquals(Optional.of(30003), record.errorCode());
        }
    }

    @Test
    void whatIsNoAddressIsRefusedAndWhoIsUnknownFails() {
        // docs/api/messages.md
        assertEquals(
                21211,
                assertInstanceOf(Sent.Refused.class, send("no address", "x")).code());
        assertEquals(0, all().size());
        send("client:nobody", "x");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(Status.QUEUED, Status.FAILED), story(all().getFirst()));
        assertEquals(Optional.of(30005), all().getFirst().errorCode());
    }

    @Test
    void aThousandOnTheirWayAreTheMost() {
        // ADR-0024: 30001
        int refused = 0;
        for (int i = 0; i < 1_010; i++) {
            if (send("sip:silent" + i + "@10.0.0.200", "text") instanceof Sent.Refused no) {
                assertEquals(30001, no.code());
                assertEquals(503, no.httpStatus());
                refused++;
            }
            world.runFor(Duration.ofNanos(1));
        }
        assertEquals(10, refused);
    }

    @Test
    void oneAddressThatIsSilentDoesNotTakeAllOfThem() {
        // ADR-0024: 50 to one address
        for (int i = 0; i < 60; i++) {
            send("sip:silent@10.0.0.200", "text " + i);
        }
        world.runFor(Duration.ofMinutes(30));
        assertEquals(
                10,
                all().stream()
                        .filter(record -> record.errorCode().equals(Optional.of(30001)))
                        .count());
        assertEquals(
                50,
                all().stream()
                        .filter(record -> record.errorCode().equals(Optional.of(30003)))
                        .count());
    }

    @Test
    void noMoreDocumentsRunThanABound() throws IOException {
        // STYLE "Input": nothing is unbounded; a stranger's texts are answered 503 rather than held (reliability S7)
        Phone trunk = phone("trunk", "trunk");
        silent = true;
        for (int i = 0; i < 1_010; i++) {
            trunk.text(
                    SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                    SipUri.of("+15551111", "10.0.0.99", 5060),
                    Optional.empty(),
                    "text " + i);
            world.runFor(Duration.ofMillis(1));
        }
        world.runFor(Duration.ofSeconds(1));
        assertEquals(1_000, asked.size());
        assertEquals(10, answers.stream().filter(status -> status == 503).count());
        // and one of ours to such a number is not lost without a word
        send(House.NUMBER, "from inside");
        world.runFor(Duration.ofMillis(100));
        assertEquals(Status.FAILED, all().getLast().status());
        assertEquals(Optional.of(30001), all().getLast().errorCode());
        // until they have ended
        world.runFor(Duration.ofSeconds(40));
        silent = false;
        send(House.NUMBER, "from inside");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                1,
                all().stream()
                        .filter(record -> record.status() == Status.DELIVERED)
                        .count());
    }

    @Test
    void aNumberWithWhatPeoplePutBetweenItsDigitsIsTheNumber() throws IOException {
        // CONTRACT section 2: +number; RFC 3261 §19.1.1: a space would be sent as %20, which no trunk knows
        phone("trunk", "trunk");
        house.switchboard.send(new NewMessage(
                house.account.sid(), Optional.empty(), "+1 (555) 01-00", "+1 555 9999", "hello", Optional.empty()));
        world.runFor(Duration.ofSeconds(1));
        assertEquals("+15550100", all().getFirst().from());
        assertEquals("+15559999", all().getFirst().to());
        assertEquals(List.of("trunk: hello"), texts);
    }

    @Test
    void theReplyToAnAddressWithAQuestionMarkGoesThere() throws IOException {
        // RFC 3261 §25.1: a question mark may stand in the user; only behind the host it begins headers
        document = "<Response><Message>and you?</Message></Response>";
        Phone trunk = phone("trunk", "trunk");
        trunk.text(
                SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                SipUri.parse("sip:who?X-Case=1@10.0.0.99:5060").orElseThrow(),
                Optional.empty(),
                "hello");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("trunk: and you?"), texts);
        assertEquals("sip:who?X-Case=1@10.0.0.99:5060", all().getLast().to());
    }

    @Test
    void twoRobotsOfOursDoNotTalkForEver() {
        // ADR-0024: a reply to a reply stops after ten
        document = "<Response><Message>and you?</Message></Response>";
        house.switchboard.send(new NewMessage(
                house.account.sid(), Optional.empty(), House.NUMBER, House.NUMBER, "hello", Optional.empty()));
        world.runFor(Duration.ofMinutes(1));
        assertEquals(10, asked.size());
        MessageRecord last = all().getLast();
        assertEquals(Optional.of(30008), last.errorCode());
        assertEquals(Status.UNDELIVERED, last.status());
        assertTrue(all().stream()
                        .filter(record -> record.status() == Status.DELIVERED)
                        .count()
                == 10);
    }

    @Test
    void aServerThatEndsTakesNoMore() throws IOException {
        // reference/reliability.md: a shutdown is no loss
        Phone trunk = phone("trunk", "trunk");
        house.switchboard.drain(Duration.ofSeconds(5));
        assertInstanceOf(Sent.Refused.class, send("+15559999", "late"));
        trunk.text(
                SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                SipUri.of("+15551111", "10.0.0.99", 5060),
                Optional.empty(),
                "late");
        world.runFor(Duration.ofSeconds(1));
        assertEquals(0, all().size());
    }

    @Test
    void aTextThatComesTwiceRunsOneDocument() throws IOException {
        // RFC 3261 section 17.2.2; CONTRACT: once
        Phone trunk = phone("trunk", "trunk");
        world.weather(Weather.FAIR.withLoss(0.3).withDuplication(0.5));
        for (int i = 0; i < 10; i++) {
            trunk.text(
                    SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                    SipUri.of("+15551111", "10.0.0.99", 5060),
                    Optional.empty(),
                    "text " + i);
        }
        world.runFor(Duration.ofSeconds(60));
        List<String> bodies =
                asked.stream().map(ask -> ask.parameters().get("Body")).toList();
        assertEquals(bodies.stream().distinct().toList(), bodies);
        assertTrue(bodies.size() >= 9, bodies.toString());
    }
}
