package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallRecord;

/** Events of calls and accounts over real HTTP. */
final class EventsTest {
    private static final String STREAM = House.nativeBase(House.PARENT) + "/Events";

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private void post(Sid account, int many) {
        post(account, many, "queued\n\"quoted\"");
    }

    private void post(Sid account, int many, String previous) {
        IntStream.range(0, many)
                .forEach(i -> house.memory.events.post(AccountEvent.now(
                        house.memory.world,
                        account,
                        AccountEvent.Topic.CALL,
                        "ringing",
                        Optional.of(new Sid("CA" + "0".repeat(32))),
                        Map.of("previous_status", previous))));
    }

    /** A client of the stream on a socket of its own, which it can drop without a word. */
    private final class Listener implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Listener(String headers) {
            this(House.PARENT, House.PARENT, headers);
        }

        Listener(Sid sender, Sid account, String headers) {
            try {
                socket = new Socket();
                // Small, so that a client that does not read is noticed.
                socket.setReceiveBufferSize(4 << 10);
                socket.connect(new java.net.InetSocketAddress(
                        InetAddress.getLoopbackAddress(), house.api.address().getPort()));
                socket.setSoTimeout(20_000);
                String request = "GET " + House.nativeBase(account) + "/Events"
                        + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: "
                        + House.basic(sender.text(), House.token(sender)) + "\r\n" + headers + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        String line() {
            try {
                String line = lines.readLine();
                return line == null ? "the end" : line;
            } catch (IOException e) {
                return e.toString();
            }
        }

        /** Reads on to a line that begins so; what follows that. */
        String until(String start) {
            String line = line();
            while (!line.startsWith(start)) {
                if (line.equals("the end") || line.contains("Exception")) {
                    throw new AssertionError("no line begins with " + start + ": " + line);
                }
                line = line();
            }
            return line.substring(start.length());
        }

        List<Long> ids(int many) {
            var ids = new ArrayList<Long>();
            while (ids.size() < many) {
                ids.add(Long.parseLong(until("id: ")));
                until("data: ");
            }
            return ids;
        }

        /** All that is told before the stream ends, and whether it stood still until then. */
        List<String> data() {
            var data = new ArrayList<String>();
            // An empty chunk is the end of the stream (RFC 9112 §7.1).
            for (String line = line(); !line.equals("0"); line = line()) {
                assertFalse(line.equals("the end") || line.contains("Exception"), line);
                if (line.startsWith("data: ") || line.startsWith(": still")) {
                    data.add(line);
                }
            }
            return data;
        }

        @Override
        public void close() {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void theJournalOfALiveAndOfAnEndedCallIsAListInBothDialects() {
        // issue 3, item 10: SIP, HTTP, media and modifications on one timeline, oldest first
        for (CallStatus status : List.of(CallStatus.IN_PROGRESS, CallStatus.COMPLETED)) {
            CallRecord call = house.memory.call(House.PARENT, status);
            String path = "/Calls/" + call.sid() + "/Events";
            var json = House.json(house.get(House.sdkBase(House.PARENT) + path + ".json?PageSize=1&Page=1"));
            assertEquals("180", json.at("/events/0/what").asText(), json.toString());
            assertEquals("out", json.at("/events/0/direction").asText());
            assertEquals(2, json.at("/events/0/number").asInt());
            String xml = house.get(House.nativeBase(House.PARENT) + path).body();
            assertTrue(xml.contains("<Event><Number>1</Number>") && xml.contains("<From>&lt;&amp;&gt;</From>"), xml);
        }
    }

    @Test
    void anotherAccountsCallHasNoEvents() {
        // CONTRACT 2: 404 unknown or another account's
        CallRecord call = house.memory.call(House.STRANGER, CallStatus.IN_PROGRESS);
        assertEquals(
                404,
                house.get(House.nativeBase(House.PARENT) + "/Calls/" + call.sid() + "/Events")
                        .statusCode());
    }

    @Test
    void theEventsOfAnAccountAreAListNewestFirst() {
        // ADR-0013: without Accept: text/event-stream the same path is a paged list
        post(House.PARENT, 3);
        post(House.STRANGER, 1);
        var json = House.json(house.get(STREAM + ".json?PageSize=2"));
        assertEquals(3, json.at("/total").asInt(), json.toString());
        assertEquals(3, json.at("/events/0/number").asInt());
        assertEquals(2, json.at("/events/1/number").asInt());
        assertEquals(
                "queued\n\"quoted\"",
                json.at("/events/0/details/previous_status").asText());
        assertEquals(400, house.get(STREAM + "?Type=nonsense").statusCode());
    }

    @Test
    void aClientThatDiesAndComesBackMissesNothingAndGetsNothingTwice() {
        // issue 3, item 10: resumable by Last-Event-ID without loss; peers.md part 4 row 27: lost or out of order
        post(House.PARENT, 2);
        var seen = new ArrayList<Long>();
        try (Listener listener = new Listener("")) {
            assertEquals("2", listener.until("id: "));
            post(House.PARENT, 5);
            seen.addAll(listener.ids(3));
        }
        post(House.PARENT, 700);
        try (Listener listener = new Listener("Last-Event-ID: " + seen.getLast() + "\r\n")) {
            assertEquals("5", listener.until("id: "));
            seen.addAll(listener.ids(702));
            post(House.PARENT, 1);
            seen.addAll(listener.ids(1));
        }
        assertEquals(LongStream.rangeClosed(3, 708).boxed().toList(), seen);
    }

    @Test
    void whatHasBeenForgottenIsSaid() {
        // ADR-0013: an explicit gap, for one that comes back too late and for one whose number was never given
        post(House.PARENT, 10);
        house.memory.events.forgetUntil(6);
        try (Listener listener = new Listener("Last-Event-ID: 2\r\n")) {
            listener.until("event: gap");
            assertEquals("{\"after\":2,\"until\":6}", listener.until("data: "));
            assertEquals(List.of(7L, 8L, 9L, 10L), listener.ids(4));
        }
        try (Listener listener = new Listener("Last-Event-ID: 99\r\n")) {
            assertEquals("{\"after\":99,\"until\":10}", listener.until("data: "));
            post(House.PARENT, 1);
            listener.until("id: 10");
            assertEquals(List.of(11L), listener.ids(1));
        }
        assertEquals(
                400,
                house.get(STREAM, "Accept", "text/event-stream", "Last-Event-ID", "x")
                        .statusCode());
    }

    @Test
    void anAccountHasTenStreamsAndADeadOneGivesItsPlaceBack() {
        // ADR-0013: bounded per account; STYLE: nothing is unbounded
        var listeners = new ArrayList<Listener>();
        for (int i = 0; i < 10; i++) {
            listeners.add(new Listener(""));
            listeners.getLast().until("id: ");
        }
        var refused = house.get(STREAM, "Accept", "text/event-stream");
        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        listeners.removeFirst().close();
        // The server notices at a write: the second one at the latest meets the reset.
        var deadline = house.memory.world.time().after(Duration.ofSeconds(10));
        while (house.memory.events.listeners() == 10 && !deadline.passed(house.memory.world.time())) {
            post(House.PARENT, 1);
            house.memory
                    .world
                    .<Boolean>mailbox("a moment", 1)
                    .take(house.memory.world.time().after(Duration.ofMillis(20)));
        }
        try (Listener again = new Listener("")) {
            assertFalse(again.until("id: ").isEmpty());
        }
        listeners.forEach(Listener::close);
    }

    @Test
    void aSlowClientIsCutOffAndNobodyWaitsForIt() {
        // issue 3, item 10: a slow client is cut off, never waited for
        try (Listener slow = new Listener("Last-Event-ID: 0\r\n");
                Listener quick = new Listener("Last-Event-ID: 0\r\n")) {
            quick.until("id: ");
            slow.until("id: ");
            // Far more than the buffers between the two hold.
            for (int i = 0; i < 40; i++) {
                post(House.PARENT, 100, "x".repeat(4_000));
                assertEquals(100, quick.ids(100).size());
            }
            var deadline = house.memory.world.time().after(Duration.ofSeconds(15));
            while (house.memory.events.listeners() == 2 && !deadline.passed(house.memory.world.time())) {
                house.memory
                        .world
                        .<Boolean>mailbox("a moment", 1)
                        .take(house.memory.world.time().after(Duration.ofMillis(50)));
            }
            assertEquals(1, house.memory.events.listeners());
            post(House.PARENT, 1);
            assertEquals(List.of(4_001L), quick.ids(1));
        }
    }

    @Test
    void aSuspendedAccountIsToldNothingMore() {
        // docs/api/events.md: a stream ends when what opened it would not open it any more; its parent may still look
        try (Listener own = new Listener(House.CHILD, House.CHILD, "");
                Listener parents = new Listener(House.PARENT, House.CHILD, "")) {
            own.until("id: ");
            parents.until("id: ");
            assertEquals(
                    200,
                    house.post(House.nativeBase(House.CHILD), "Status=suspended")
                            .statusCode());
            assertEquals(List.of(), own.data());
            post(House.CHILD, 1);
            assertEquals(List.of(1L), parents.ids(1));
        }
        try (Listener again = new Listener(House.CHILD, House.CHILD, "")) {
            assertTrue(again.line().startsWith("HTTP/1.1 403"));
        }
    }

    @Test
    void nobodyIsToldOfAnAccountThatIsGone() {
        // docs/api/events.md: a stream ends when what opened it would not open it any more
        try (Listener own = new Listener(House.CHILD, House.CHILD, "");
                Listener parents = new Listener(House.PARENT, House.CHILD, "")) {
            own.until("id: ");
            parents.until("id: ");
            assertEquals(
                    204, house.send("DELETE", House.nativeBase(House.CHILD), "").statusCode());
            assertEquals(List.of(), own.data());
            assertEquals(List.of(), parents.data());
        }
    }

    @Test
    void whoHasAnOldTokenIsToldNothingMore() {
        // docs/api/events.md: a stream ends when what opened it would not open it any more
        try (Listener listener = new Listener("")) {
            listener.until("id: ");
            house.memory.accounts.change(
                    House.PARENT,
                    House.PARENT,
                    old -> new Account(
                            old.sid(),
                            old.parent(),
                            old.friendlyName(),
                            old.emailAddress(),
                            true,
                            "a new one",
                            old.dateCreated(),
                            old.dateUpdated()));
            post(House.PARENT, 1);
            assertEquals(List.of(), listener.data());
        }
    }

    @Test
    void closingTheServerDoesNotWaitForListeners() {
        // CONTRACT 5: SIGTERM ends cleanly
        try (Listener listener = new Listener("")) {
            listener.until("id: ");
            long before = house.memory.world.time().nanos();
            house.api.close();
            long seconds =
                    Duration.ofNanos(house.memory.world.time().nanos() - before).toSeconds();
            assertTrue(seconds < 3, seconds + " s");
        }
    }
}
