package teleapi.flows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import teleapi.call.Accepted;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.SwitchboardSettings;
import teleapi.call.records.CallRecord;
import teleapi.call.records.JournalEntry;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.flows.cells.Wav;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.SipUri;

/**
 * One caller, whose document has one verb, and perhaps one modification that cuts in on it; played to the end of all calls.
 *
 * <pre>
 * Thread  the test's; the phones, the application and the desk are simulated threads
 * </pre>
 */
final class InterruptedCall implements AutoCloseable {
    /** How long a document takes that a modification names by its URL. */
    static final Duration SLOW = Duration.ofMillis(300);
    /** What a document begins with that runs over the call. */
    static final String OVER = "Over";

    /** A document of the call itself, and a sound. */
    static final Duration FETCH = Duration.ofMillis(30);

    private static final Duration UNEVEN = Duration.ofMillis(4);
    private static final Duration HELD = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofSeconds(9);
    private static final byte[] SOUND = Wav.of(Tones.of(500, 200, -15));
    private static final Map<String, String> PAGES = Map.of(
            "/action", "<Response>\n\n<Play>/after.wav</Play></Response>",
            "/next", "<Response>\n\n<Play>/after.wav</Play></Response>",
            "/screen", "<Response><Play>/screen.wav</Play></Response>",
            "/no", "<Response><Play>/screen.wav</Play><Hangup/></Response>",
            "/wait", "<Response><Play>/wait.wav</Play></Response>",
            "/music", "<Response><Play>/wait.wav</Play></Response>",
            "/led", "<Response><Play>/wait.wav</Play><Redirect>/music</Redirect></Response>",
            "/ask", "<Response><Gather numDigits=\"1\" action=\"/screen\"><Play>/wait.wav</Play></Gather></Response>",
            "/keys", "<Response><Gather numDigits=\"1\" action=\"/leave\"><Play>/wait.wav</Play></Gather></Response>",
            "/leave", "<Response><Leave/></Response>");

    /** Whatever is requested by a verb, or because of it. */
    static final Set<String> OF_THE_DOCUMENT =
            Set.of("/action", "/next", "/wait", "/music", "/led", "/keys", "/leave", "/partial");

    private final InterruptedVerb verb;
    private final SimulatedWorld world;
    private final House house;
    private final Bot bot;
    private final Outcomes outcomes = new Outcomes();
    private final Redirects redirects;
    private final List<HttpAsk> asked = new ArrayList<>();
    private final Map<Sid, ModificationStatus> last = new LinkedHashMap<>();
    private final List<CallRecord> stuck = new ArrayList<>();
    private Optional<Sid> target = Optional.empty();

    InterruptedCall(InterruptedVerb verb, long seed) throws IOException {
        this.verb = verb;
        world = new SimulatedWorld(seed);
        bot = new Bot(world, Bot::speaksAndGoes);
        house = new House(
                world,
                new Application(world, this::reply, ask -> asked.add(ask.ask())),
                bot,
                SwitchboardSettings.MOST_CALLS);
        redirects = new Redirects(house);
        for (String name : List.of("caller", "bob", "alice", "number")) {
            boolean answers =
                    name.equals("alice") && verb.cues().stream().anyMatch(cue -> cue.contains(" alice runs "));
            house.phone(
                    name,
                    name.equals("caller") ? "phone" : name.equals("number") ? "trunk" : "client",
                    1_300,
                    List.of(),
                    event -> {
                        if (answers && event instanceof PhoneEvent.Invited) {
                            house.phone(name).answer();
                        }
                    });
        }
        world.runFor(Duration.ofSeconds(1));
        if (seed % 3 == 0) {
            world.weather(Weather.FAIR.withLatency(Duration.ofMillis(1), UNEVEN));
        }
        verb.cues().forEach(this::cue);
        house.phone("caller")
                .call(
                        SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                        SipUri.of("caller", "10.9.9.9", 5060),
                        Optional.empty(),
                        List.of());
    }

    // ---- the parties

    private void cue(String cue) {
        String[] words = cue.split(" ", 4);
        String what = words.length < 4 ? "" : words[3];
        long at = world.time().nanos()
                + Duration.ofMillis(Long.parseLong(words[0])).toNanos();
        world.start("cue", () -> {
            until(at);
            act(house.phone(words[1]), words[2], what);
        });
    }

    private void act(Phone phone, String act, String what) {
        switch (act) {
            case "ring" -> phone.ring(false);
            case "early" -> phone.ring(true);
            case "answer" -> phone.answer();
            case "refuse" -> phone.refuse(Integer.parseInt(what));
            case "hang-up" -> phone.hangUp();
            case "press" -> phone.press(what);
            case "talk" -> phone.talk(true);
            case "hush" -> phone.talk(false);
            case "accept" -> phone.acceptReferral();
            case "refuse-referral" -> phone.refuseReferral(Integer.parseInt(what));
            case "tell" -> phone.tellReferrer(Integer.parseInt(what));
            case "runs" -> runs(phone.name(), what);
            default -> throw new IllegalArgumentException(act);
        }
    }

    private void runs(String client, String verbs) {
        house.switchboard.create(new NewCall(
                house.account.sid(),
                "+15550000",
                "client:" + client,
                new NewDocument.Inline("<Response>" + verbs + "</Response>", Optional.empty()),
                Optional.of(new StatusCallback(
                        "http://app/status", HttpMethod.POST, Set.of(StatusCallback.Event.COMPLETED))),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                "",
                Optional.empty()));
    }

    private Optional<HttpReply> reply(HttpAsk ask) {
        String path = ask.url().substring("http://app".length());
        until(world.time().nanos() + (path.startsWith("/slow") ? SLOW : FETCH).toNanos());
        if (path.equals("/missing.wav")) {
            return Optional.of(received(ask, 404, "text/plain", new byte[0]));
        }
        if (path.endsWith(".wav")) {
            return Optional.of(received(ask, 200, "audio/wav", SOUND));
        }
        if (path.endsWith(".mp3")) {
            return Optional.of(received(ask, 200, "audio/mpeg", Examples.mp3()));
        }
        return Optional.of(received(ask, 200, "text/xml", page(path).getBytes(StandardCharsets.UTF_8)));
    }

    private String page(String path) {
        int mark = path.indexOf("?mark=");
        if (mark >= 0) {
            return "<Response><" + path.substring(mark + 6) + "/><Pause length=\"1\"/></Response>";
        }
        return path.equals("/incoming")
                ? verb.document()
                : verb.pages().getOrDefault(path, PAGES.getOrDefault(path, "<Response/>"));
    }

    private static HttpReply received(HttpAsk ask, int status, String type, byte[] body) {
        return new HttpReply.Received(status, ask.url(), type, body);
    }

    private void until(long nanos) {
        long left = nanos - world.time().nanos();
        if (left > 0) {
            world.<Object>mailbox("pause", 1).take(world.time().after(Duration.ofNanos(left)));
        }
    }

    // ---- the modification

    /** In that instant, among whatever else happens in it; {@code leg}: not of the caller, but of who is connected or rings. */
    void interrupt(Interrupting how, boolean leg, long nanos) {
        world.runUntil(Duration.ofNanos(nanos - 1));
        world.start("desk", () -> {
            until(nanos);
            target = whom(leg);
            target.ifPresent(call -> {
                modify(how, call);
                if (how == Interrupting.HOLD) {
                    until(world.time().nanos() + HELD.toNanos());
                    ask(call, Sid.fresh(Sid.MODIFICATION, world), Map.of("Hold", "false"));
                }
            });
        });
    }

    private Optional<Sid> whom(boolean leg) {
        return house.switchboard.live(house.account.sid()).stream()
                .filter(call -> leg != (call.direction() == Direction.INBOUND))
                .map(CallRecord::sid)
                .findFirst();
    }

    private void modify(Interrupting how, Sid call) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, world);
        if (how.replaces()) {
            redirects.asked(sid, call, how == Interrupting.MOVE);
        }
        ask(call, sid, how.fields(sid));
    }

    private void ask(Sid call, Sid sid, Map<String, String> fields) {
        outcomes.asked(sid);
        Accepted accepted = house.switchboard.modify(
                house.account.sid(), call, new DeskRequest(fields, house).modification(sid, status -> {
                            outcomes.told(status);
                            if (status.state().last()) {
                                last.put(sid, status);
                                redirects.told(status);
                            }
                        }));
        outcomes.accepted(sid, accepted);
    }

    // ---- the end

    /** Until nobody talks any more, and long enough for all that is held to be given back. */
    void playOut() {
        boolean over = world.runUntil(
                () -> world.time().nanos() > 2_000_000_000L
                        && house.switchboard.live(house.account.sid()).isEmpty(),
                LONGEST);
        if (!over) {
            house.switchboard.live(house.account.sid()).stream()
                    .filter(call -> call.direction() == Direction.OUTBOUND_DIAL)
                    .forEach(stuck::add);
            house.switchboard.hangUpAll("it is over");
        }
        house.phones.values().forEach(Phone::hangUp);
        world.runFor(Duration.ofSeconds(45));
    }

    // ---- what was seen

    Optional<Sid> target() {
        return target;
    }

    /** Of the first modification, if it was accepted. */
    Optional<ModificationStatus> told() {
        return last.values().stream().findFirst();
    }

    Sid caller() {
        return house.memory.calls.values().stream()
                .map(List::getLast)
                .filter(call -> call.direction() == Direction.INBOUND)
                .map(CallRecord::sid)
                .findFirst()
                .orElseThrow();
    }

    List<JournalEntry> journal(Sid call) {
        return Optional.ofNullable(house.memory.journals.get(call))
                .orElseThrow()
                .entries();
    }

    long nanos(JournalEntry entry) {
        return Duration.between(SimulatedWorld.BEGIN, entry.time()).toNanos();
    }

    List<HttpAsk> asked(String path) {
        return asked.stream()
                .filter(ask -> ask.url().equals("http://app" + path))
                .toList();
    }

    /** The legs of its Dials that had not ended by then. */
    List<Sid> dialledAfter(Instant then) {
        return house.memory.calls.values().stream()
                .map(List::getLast)
                .filter(leg -> leg.direction() == Direction.OUTBOUND_DIAL)
                .filter(leg -> leg.endTime().filter(end -> end.isAfter(then)).isPresent())
                .map(CallRecord::sid)
                .toList();
    }

    Instant end(Sid call) {
        return house.memory.last(call).endTime().orElseThrow();
    }

    /** What the servers behind its streams were told when these were stopped. */
    List<String> stops() {
        return bot.lines.stream().flatMap(line -> line.said("stop").stream()).toList();
    }

    /** Whether any stream was opened. */
    boolean streamed() {
        return !bot.lines.isEmpty();
    }

    /** The final callbacks of a call. */
    List<HttpAsk> finals(Sid call) {
        return asked("/status").stream()
                .filter(ask -> call.text().equals(ask.parameters().get("CallSid")))
                .filter(ask -> CallStatus.of(ask.parameters().getOrDefault("CallStatus", ""))
                        .filter(CallStatus::ended)
                        .isPresent())
                .toList();
    }

    /** What holds whatever is interrupted by whatever. */
    List<String> violations() {
        var violations = new ArrayList<>(outcomes.violations());
        violations.addAll(redirects.violations());
        stuck.forEach(call -> violations.add(
                call.sid() + ", a leg, does not end, and is " + call.status().text()));
        house.leftovers().forEach(left -> violations.add("left over: " + left));
        house.memory.calls.keySet().forEach(call -> {
            if (finals(call).size() != 1) {
                violations.add(finals(call).size() + " final callbacks of " + call);
            }
            for (Sid modification : last.keySet()) {
                long begun = journal(call).stream()
                        .filter(entry -> marks(entry, modification))
                        .count();
                if (begun > 1) {
                    violations.add(modification + " began " + begun + " times on " + call);
                }
            }
            journal(call).stream()
                    .map(JournalEntry::what)
                    .filter(what -> what.startsWith("ends: ") && what.matches(".*(Exception|Error)\\b.*"))
                    .forEach(what -> violations.add(call + " " + what));
        });
        return violations;
    }

    /** Whether this says that the document of that modification begins. */
    static boolean marks(JournalEntry entry, Sid modification) {
        return entry.what().startsWith("notification 12200: ") && entry.what().contains(modification.text());
    }

    /** How many calls there were beside the caller's. */
    int legs() {
        return house.memory.calls.size() - 1;
    }

    String story() {
        var story = new StringBuilder();
        house.memory.journals.forEach((call, journal) -> {
            story.append('\n').append(call);
            journal.entries().forEach(entry -> story.append('\n').append(entry.line()));
        });
        last.values()
                .forEach(status ->
                        story.append('\n').append(status.sid()).append(' ').append(status.state()));
        return story.toString();
    }

    @Override
    public void close() {
        house.close();
    }
}
