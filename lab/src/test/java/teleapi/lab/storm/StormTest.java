package teleapi.lab.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.Voice;
import teleapi.runtime.Mailbox;
import teleapi.sip.SipTrace;

/** Very many modifications at once, over real SIP, RTP and HTTP: none is lost, and each does what its answer says. */
final class StormTest {
    private static final int PAIRS = 100;
    private static final int MUTES = 10_000;
    private static final int REDIRECTS = 1_000;
    private static final int CHANGES = 50;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Each step has its own limit; this is for a slow machine that has them all to do. */
    private static final Duration WHOLE = Duration.ofMinutes(8);

    @Test
    void nothingThatIsSaidAfterTheAnswerToAMuteIsHeard() throws Exception {
        // CONTRACT section 2, Mute, and "200 means that it has taken effect": 10,000 mutes and as many unmutes.
        try (Storm storm = new Storm(path -> "<Response/>")) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(new Pair(storm, i));
            }
            pairs.forEach(Pair::meet);
            long began = storm.world.time().nanos();
            together(
                    storm,
                    pairs.stream()
                            .<Runnable>map(pair -> () -> muteAgainAndAgain(pair))
                            .toList());
            long took = (storm.world.time().nanos() - began) / 1_000_000;
            note("mutes.txt", 2 * MUTES + " modifications of " + 2 * PAIRS + " calls in " + took + " ms");
            pairs.forEach(Pair::end);
        }
    }

    private static void muteAgainAndAgain(Pair pair) {
        for (int i = 0; i < MUTES / PAIRS; i++) {
            pair.muteAndUnmute(i % 2);
        }
    }

    @Test
    void ofModificationsOfTwoHundredCallsAsFastAsTheyGoNoneIsLost() throws Exception {
        // Each is answered, in force, the next revision of its call, and kept.
        try (Storm storm = new Storm(path -> "<Response/>")) {
            List<String> calls = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                calls.addAll(new Pair(storm, i, false).connect());
            }
            long began = storm.world.time().nanos();
            together(
                    storm,
                    calls.stream()
                            .<Runnable>map(call -> () -> changeAgainAndAgain(storm, call))
                            .toList());
            long took = (storm.world.time().nanos() - began) / 1_000_000;
            note("changes.txt", calls.size() * CHANGES + " modifications of 200 calls in " + took + " ms");
            for (String call : calls) {
                Storm.Reply kept = storm.get("Calls/" + call + "/Modifications");
                assertEquals(Integer.toString(CHANGES), kept.value("total"), kept.body());
            }
        }
    }

    private static void changeAgainAndAgain(Storm storm, String call) {
        long revision = Long.parseLong(storm.get("Calls/" + call).value("revision"));
        for (int i = 0; i < CHANGES; i++) {
            String on = Boolean.toString(i % 2 == 0);
            Storm.Reply reply = storm.post("Calls/" + call, Map.of("Mute", on));
            assertEquals(200, reply.status(), reply.body());
            assertEquals(on, reply.value("muted"), reply.body());
            assertEquals(Long.toString(++revision), reply.value("revision"), reply.body());
        }
    }

    /** Each on a thread of its own; all of them have ended when this returns. */
    private static void together(Storm storm, List<Runnable> works) {
        Mailbox<Optional<Throwable>> done = storm.world.mailbox("done", works.size());
        for (Runnable work : works) {
            storm.world.start("work", () -> done.post(failure(work)));
        }
        for (int i = 0; i < works.size(); i++) {
            Optional<Throwable> failure = done.take(storm.world.time().after(WHOLE))
                    .orElseThrow(() -> new AssertionError("it does not come to its end"));
            if (failure.isPresent()) {
                throw new AssertionError(failure.get());
            }
        }
    }

    private static Optional<Throwable> failure(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    @Test
    void ofAThousandRedirectsAtOnceTheLastAcceptedWins() throws Exception {
        // CONTRACT section 2: a redirect in preparation is superseded by a later one; each has one outcome.
        var stays = new ConcurrentLinkedQueue<String>();
        var gate = new CompletableFuture<String>();
        try (Storm storm = new Storm(path -> {
            String query = path.substring(path.indexOf('?') + 1);
            if (path.startsWith("/stay")) {
                stays.add(query);
                return "<Response><Pause length=\"600\"/></Response>";
            }
            // No document comes before all have been asked for.
            return gate.join() + "<Redirect>/stay?" + query + "</Redirect></Response>";
        })) {
            String call = called(storm);
            List<CompletableFuture<Storm.Reply>> replies = new ArrayList<>();
            for (int i = 1; i < REDIRECTS; i++) {
                replies.add(redirect(storm, call, i));
            }
            for (CompletableFuture<Storm.Reply> reply : replies) {
                // Accepted; and if a later one was faster than the answer, superseded by now.
                assertTrue(Set.of(202, 409).contains(reply.join().status()), reply.join()::body);
            }
            replies.add(redirect(storm, call, REDIRECTS));
            String last = modification(replies.getLast().join());
            gate.complete("<Response>");
            var tally = new TreeMap<String, Integer>();
            for (CompletableFuture<Storm.Reply> reply : replies) {
                String sid = modification(reply.join());
                String status = outcome(storm, call, sid);
                assertEquals(sid.equals(last) ? "applied" : "superseded", status, sid);
                tally.merge(status, 1, Integer::sum);
            }
            assertEquals(Map.of("applied", 1, "superseded", REDIRECTS - 1), tally);
            storm.until(() -> !stays.isEmpty());
            assertEquals(
                    200,
                    storm.post("Calls/" + call, Map.of("Status", "completed")).status());
            assertEquals(List.of("n=" + REDIRECTS), List.copyOf(stays));
        }
    }

    @Test
    void aThousandRedirectsThatMeetTheirDocumentsHaveOneOutcomeEach() throws Exception {
        // CONTRACT section 2: as above, but the documents come while the redirects do.
        var stays = new ConcurrentLinkedQueue<String>();
        try (Storm storm = new Storm(path -> {
            String query = path.substring(path.indexOf('?') + 1);
            if (path.startsWith("/stay")) {
                stays.add(query);
                return "<Response><Pause length=\"600\"/></Response>";
            }
            return "<Response><Pause length=\"1\"/><Redirect>/stay?" + query + "</Redirect></Response>";
        })) {
            String call = called(storm);
            List<CompletableFuture<Storm.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < REDIRECTS; i++) {
                replies.add(redirect(storm, call, i));
            }
            var tally = new TreeMap<String, Integer>();
            var applied = new HashSet<String>();
            for (int i = 0; i < REDIRECTS; i++) {
                String status = outcome(storm, call, modification(replies.get(i).join()));
                tally.merge(status, 1, Integer::sum);
                if (status.equals("applied")) {
                    applied.add("n=" + i);
                }
            }
            assertTrue(Set.of("applied", "superseded").containsAll(tally.keySet()), tally::toString);
            note("redirects.txt", REDIRECTS + " redirects of one call at once: " + tally);
            storm.until(() -> !stays.isEmpty());
            assertTrue(applied.containsAll(stays), () -> stays + " of " + applied);
            storm.post("Calls/" + call, Map.of("Status", "completed"));
        }
    }

    private static CompletableFuture<Storm.Reply> redirect(Storm storm, String call, int number) {
        return storm.later(
                "Calls/" + call, Map.of("Url", storm.url("/document?n=" + number)), "Prefer", "respond-async");
    }

    /** A phone that talks to its document. */
    private static String called(Storm storm) throws IOException {
        Mailbox<String> calls = storm.world.mailbox("calls", 10);
        var phone = storm.phone(
                "alone",
                new PhoneGear(Voice.SILENCE, Ear.NONE, SipTrace.NONE),
                invited -> calls.post(invited.callSid()));
        Storm.Reply made = storm.post(
                "Calls",
                Map.of(
                        "From",
                        "+15550000",
                        "To",
                        Storm.address(phone),
                        "Rcml",
                        "<Response><Pause length=\"600\"/></Response>"));
        assertEquals(201, made.status(), made.body());
        String call = calls.take(storm.world.time().after(LONGEST)).orElseThrow();
        storm.until(() -> storm.get("Calls/" + call).value("status").equals("in-progress"));
        return call;
    }

    private static String modification(Storm.Reply reply) {
        return new Storm.Reply(0, reply.body().substring(reply.body().indexOf("\"modification\""))).value("sid");
    }

    /** Its last status; of one that failed, why. */
    private static String outcome(Storm storm, String call, String sid) {
        var last = new Storm.Reply[] {storm.get("Calls/" + call + "/Modifications/" + sid)};
        storm.until(() -> {
            last[0] = storm.get("Calls/" + call + "/Modifications/" + sid);
            return !Set.of("accepted", "preparing").contains(last[0].value("status"));
        });
        String status = last[0].value("status");
        return status.equals("failed") ? "failed: " + last[0].value("reason") : status;
    }

    private static void note(String file, String text) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target", "storm")).resolve(file), text + "\n");
    }
}
