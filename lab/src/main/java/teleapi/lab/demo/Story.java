package teleapi.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.PhoneEvent;

/**
 * The life of one call, from an INVITE through two redirects into a conference of five, as CONTRACT section 6 tells it. Every step is asked for
 * over SIP or the REST API, and counts only when it has been observed: in messages, and in what each phone hears.
 *
 * <pre>
 * Thread  main's
 * Errors  NotObserved when something has not happened in time
 * </pre>
 */
final class Story {
    static final String NUMBER = "+15550100";
    static final String PASSWORD = "secret";

    /** Later than any callback that is still under way. */
    private static final Duration AFTERWARDS = Duration.ofMillis(300);

    /** CONTRACT section 1: all of them are back at zero after the last call. */
    private static final List<String> IDLE = List.of(
            "teleapi_calls_live", "teleapi_media_sessions_live", "teleapi_conferences_live", "teleapi_rtp_ports_used");

    private final Watch watch;
    private final Ladder ladder;
    private final Premises premises;
    private final List<Latency> latencies = new ArrayList<>();
    /** Each party's part of the story is a call of its own; bob has had two by the end. */
    private final Map<Party, String> callSids = new EnumMap<>(Party.class);

    private final Set<String> allCallSids = new LinkedHashSet<>();

    Story(Watch watch, Ladder ladder, Premises premises) {
        this.watch = watch;
        this.ladder = ladder;
        this.premises = premises;
    }

    List<Latency> latencies() {
        return List.copyOf(latencies);
    }

    void play() {
        everythingIsSetUpOverRest();
        aCallerInvitesANumber();
        theDocumentDialsBob();
        bobAsksForAlice();
        bothMoveIntoAConference();
        bobASipUriAndANumberJoin();
        aliceIsMutedAndUnmuted();
        statusCompletedEndsIt();
        nothingIsLeft();
    }

    void everythingIsSetUpOverRest() {
        ladder.step("0. A number, two clients, and their phones");
        ask(
                "IncomingPhoneNumbers.json",
                201,
                "PhoneNumber",
                NUMBER,
                "VoiceUrl",
                url("/incoming"),
                "StatusCallback",
                url("/status"));
        for (Party client : List.of(Party.BOB, Party.ALICE)) {
            ask("Clients.json", 201, "Login", client.user(), "Password", PASSWORD);
            premises.phone(client).register(premises.sip(), PASSWORD);
            expect(
                    client + " is registered",
                    watch.phone(client, PhoneEvent.Registered.class).status() == 200);
        }
        ladder.say(NUMBER + " has the application's URL; bob and alice are registered");
    }

    private void aCallerInvitesANumber() {
        ladder.step("1. A caller INVITEs " + NUMBER + "; teleapi asks the application, which stores the CallSid");
        premises.phone(Party.CALLER)
                .call(premises.at(NUMBER), premises.address(Party.CALLER), Optional.empty(), List.of());
        String callSid = watch.phone(Party.CALLER, PhoneEvent.Answered.class).callSid();
        remember(Party.CALLER, callSid);
        expect(
                "the application has stored " + callSid,
                premises.application().callSid().equals(callSid));
        ladder.say("the application knows the call as " + callSid);
    }

    private void theDocumentDialsBob() {
        ladder.step("2. The document dials bob; caller and bob talk");
        rings(Party.BOB);
        watch.hearsRinging(Party.CALLER);
        premises.phone(Party.BOB).answer();
        observe("bob answers", watch.now(), talking(Party.CALLER, Party.BOB));
    }

    private void bobAsksForAlice() {
        ladder.step("3. Bob asks for alice: the application redirects the caller's call; bob gets BYE, alice rings");
        long posted = watch.now();
        modify(Party.CALLER, "Url", url("/CallToAlice"));
        watch.phone(Party.BOB, PhoneEvent.Ended.class);
        rings(Party.ALICE);
        measured(
                "redirect to alice",
                Party.CALLER,
                "ringing",
                watch.hearsRinging(Party.CALLER).since() - posted);
        premises.phone(Party.ALICE).answer();
        observe("alice answers", watch.now(), talking(Party.CALLER, Party.ALICE));
    }

    private void bothMoveIntoAConference() {
        ladder.step("4. The application moves both legs into a conference, with one request");
        long posted = watch.now();
        modify(Party.CALLER, "Url", url("/Conference"), "MoveConnectedCallLeg", "true");
        for (Party party : List.of(Party.CALLER, Party.ALICE)) {
            asked("/Conference", sid(party));
        }
        observe("move both into a conference", posted, talking(Party.CALLER, Party.ALICE));
        expect("one conference is live", gauge("teleapi_conferences_live", metrics()) == 1);
    }

    private void bobASipUriAndANumberJoin() {
        ladder.step("5. Bob joins, then a SIP URI, then a number over the trunk; all hear all");
        joins(Party.BOB, "client:bob", Party.CALLER, Party.ALICE, Party.BOB);
        joins(Party.SIP, premises.address(Party.SIP).toString(), Party.CALLER, Party.ALICE, Party.BOB, Party.SIP);
        joins(Party.NUMBER, Party.NUMBER.user(), Party.values());
    }

    private void joins(Party party, String to, Party... everyone) {
        long posted = watch.now();
        ask(
                "Calls.json",
                201,
                "From",
                sid(Party.CALLER),
                "To",
                to,
                "Url",
                url("/Conference"),
                "StatusCallback",
                url("/status"));
        rings(party);
        premises.phone(party).answer();
        observe(party + " joins", posted, talking(everyone));
    }

    private void aliceIsMutedAndUnmuted() {
        ladder.step("6. Alice is muted, and heard again");
        Map<Party, Set<Party>> withoutAlice = talking(Party.values());
        withoutAlice.forEach((listener, heard) -> heard.remove(Party.ALICE));
        long muted = watch.now();
        modify(Party.ALICE, "Mute", "true");
        observe("mute alice", muted, withoutAlice);
        long unmuted = watch.now();
        modify(Party.ALICE, "Mute", "false");
        observe("unmute alice", unmuted, talking(Party.values()));
    }

    private void statusCompletedEndsIt() {
        ladder.step("7. Status=completed for the caller, with whom the room ends");
        modify(Party.CALLER, "Status", "completed");
        for (Party party : Party.values()) {
            watch.phone(party, PhoneEvent.Ended.class);
        }
        ladder.say("all five got BYE");
    }

    private void nothingIsLeft() {
        ladder.step("8. One final callback per call, and nothing left");
        for (String callSid : allCallSids) {
            asked("/status", callSid);
        }
        everythingIsReturned();
        watch.look(AFTERWARDS);
        for (String callSid : allCallSids) {
            long finals = watch.all().stream()
                    .filter(seen -> isAbout(seen, "/status", callSid))
                    .count();
            expect("one final callback for " + callSid + ", not " + finals, finals == 1);
        }
        ladder.say(allCallSids.size()
                + " calls, one final callback each; 0 live calls, media sessions, conferences, RTP ports");
    }

    // ---- what the steps are made of

    /** A phone is called, and rings. */
    private void rings(Party party) {
        remember(party, watch.phone(party, PhoneEvent.Invited.class).callSid());
        premises.phone(party).ring(false);
    }

    private void remember(Party party, String callSid) {
        expect("a CallSid in X-Teleapi-CallSid for " + party, callSid.startsWith("CA"));
        callSids.put(party, callSid);
        allCallSids.add(callSid);
    }

    private String sid(Party party) {
        return callSids.getOrDefault(party, "");
    }

    private String url(String path) {
        return premises.application().url(path);
    }

    private void modify(Party party, String... form) {
        ask("Calls.json/" + sid(party), 200, form);
    }

    /** Asks teleapi, and waits for an answer with this status. */
    private void ask(String resource, int status, String... form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < form.length; i += 2) {
            fields.put(form[i], form[i + 1]);
        }
        Seen.Replied reply = reply(premises.rest().post(resource, fields));
        if (reply.status() != status) {
            throw new NotObserved(
                    status + " to POST " + resource + " " + fields.keySet(), reply.status() + " " + reply.body());
        }
    }

    private Seen.Replied reply(long request) {
        return watch.await(
                "an answer of the REST API",
                seen -> seen instanceof Seen.Replied reply && reply.request() == request
                        ? Optional.of(reply)
                        : Optional.empty());
    }

    /** Waits until the application has been asked for this path by this call. */
    private void asked(String path, String callSid) {
        watch.await(
                "POST " + path + " for " + callSid,
                seen -> isAbout(seen, path, callSid) ? Optional.of(seen) : Optional.empty());
    }

    private static boolean isAbout(Seen seen, String path, String callSid) {
        return seen instanceof Seen.Asked asked
                && asked.path().equals(path)
                && callSid.equals(asked.parameters().get("CallSid"));
    }

    /** Waits until everyone hears whom he should; notes how long after the request each did. */
    private void observe(String change, long since, Map<Party, Set<Party>> wanted) {
        Map<Party, Hearing> hearings = watch.hears(wanted);
        wanted.forEach((party, heard) -> {
            long at = java.util.Objects.requireNonNull(hearings.get(party)).since();
            if (at > since) {
                measured(change, party, Party.names(heard), at - since);
            } else {
                ladder.say(party + " goes on hearing " + Party.names(heard));
            }
        });
    }

    private void measured(String change, Party party, String heard, long nanos) {
        Latency latency = new Latency(change, party, nanos);
        latencies.add(latency);
        ladder.say(party + " hears " + heard + ", " + latency.millis() + " after: " + change);
    }

    /** Each of them hears all the others. */
    private static Map<Party, Set<Party>> talking(Party... parties) {
        Map<Party, Set<Party>> hears = new EnumMap<>(Party.class);
        for (Party listener : parties) {
            Set<Party> others = EnumSet.copyOf(List.of(parties));
            others.remove(listener);
            hears.put(listener, others);
        }
        return hears;
    }

    /** Reads gauges until all are zero. */
    private void everythingIsReturned() {
        var deadline = watch.patience();
        String metrics = metrics();
        while (IDLE.stream().anyMatch(zero(metrics).negate())) {
            if (watch.over(deadline)) {
                String text = metrics;
                throw new NotObserved(
                        IDLE + " to be 0",
                        IDLE.stream()
                                .map(name -> name + " " + gauge(name, text))
                                .toList()
                                .toString());
            }
            watch.look(AFTERWARDS);
            metrics = metrics();
        }
    }

    private static Predicate<String> zero(String metrics) {
        return name -> gauge(name, metrics) == 0;
    }

    private String metrics() {
        return reply(premises.rest().get("/metrics")).body();
    }

    private static double gauge(String name, String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new NotObserved(name + " in /metrics", "no such line"));
    }

    private static void expect(String what, boolean seen) {
        if (!seen) {
            throw new NotObserved(what, "it is not so");
        }
    }
}
