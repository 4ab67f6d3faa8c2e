package teleapi.flows.cells;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.sip.SipTrace;

/**
 * A lane of a {@link RealHouse}: a number, clients and phones of its own, on which cells are played one after the other over real sockets.
 *
 * <pre>
 * Thread  the lane's; phones and the application tell from their own
 * </pre>
 */
final class RealStage implements Stage {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CALL = Pattern.compile("\"sid\":\"(CA[0-9a-f]{32})\"");
    private static final Pattern CODE = Pattern.compile("\"code\":(\\d+)");

    private final RealHouse house;
    private final int lane;
    private final Map<Player, Phone> phones = new EnumMap<>(Player.class);
    private final Mailbox<Seen> arriving;
    private final List<Seen> seen = new ArrayList<>();
    private final Set<String> made = new TreeSet<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    /** Requests for these paths wait for a word here. */
    private final Map<String, Mailbox<Boolean>> held = new ConcurrentHashMap<>();

    private int cell;

    RealStage(RealHouse house, int lane) throws IOException {
        this.house = house;
        this.lane = lane;
        this.arriving = house.world.mailbox("seen", 1_000_000);
        for (Player player : Player.values()) {
            phones.put(player, open(player));
        }
        make(
                "IncomingPhoneNumbers",
                Map.of(
                        "PhoneNumber", number(),
                        "VoiceUrl", house.url("/" + lane + "/any/incoming"),
                        "StatusCallback", house.url("/" + lane + "/any/status")));
        for (Player player : Player.values()) {
            if (player.client()) {
                make("Clients", Map.of("Login", user(player), "Password", user(player)));
                phone(player).register(house.sip(), user(player));
            }
        }
        if (!until(() -> registered() == Player.values().length - 1, PATIENCE)) {
            throw new AssertionError("not all are registered: " + seen);
        }
    }

    private Phone open(Player player) throws IOException {
        var settings = new PhoneSettings(
                user(player),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                player.voice().hertz(),
                Tone.all());
        var gear = new PhoneGear(PhoneGear.plain(settings).voice(), new Hearer(player, arriving::post), SipTrace.NONE);
        return Phone.open(
                house.world,
                settings,
                gear,
                event -> arriving.post(
                        new Seen.Noticed(player, event, house.world.time().nanos())));
    }

    private long registered() {
        return seen.stream()
                .filter(next ->
                        next instanceof Seen.Noticed(Player player, PhoneEvent.Registered(int status), long nanos)
                                && status == 200)
                .count();
    }

    private void make(String resource, Map<String, String> form) {
        RealHouse.Reply reply = house.post(resource, form);
        if (reply.status() != 201) {
            throw new AssertionError("POST " + resource + " " + form + ": " + reply);
        }
    }

    /** Plays something; nothing of it is left for the next, whatever has come of it. */
    <T> T play(Function<Stage, T> next) {
        cell++;
        look();
        seen.clear();
        made.clear();
        documents.clear();
        try {
            return next.apply(this);
        } finally {
            Set.copyOf(held.keySet()).forEach(this::letsGo);
            phones.values().forEach(Phone::hangUp);
            calls().forEach(call -> house.post("Calls/" + call, Map.of("Status", "completed")));
        }
    }

    /** The calls of what is played. */
    Set<String> calls() {
        look();
        Set<String> calls = new TreeSet<>(made);
        for (Seen next : seen) {
            if (next instanceof Seen.Noticed noticed) {
                switch (noticed.event()) {
                    case PhoneEvent.Invited(String from, String callSid) -> calls.add(callSid);
                    case PhoneEvent.Answered(String callSid) -> calls.add(callSid);
                    default -> {}
                }
            }
        }
        return calls;
    }

    // ---- the application

    /** On a thread of the application. */
    byte[] answer(String ofCell, String path, Map<String, String> form) {
        if (ofCell.equals("any") || ofCell.equals(Integer.toString(cell))) {
            arriving.post(new Seen.Asked(path, form, house.world.time().nanos()));
        }
        Mailbox<Boolean> waits = held.get(path);
        if (waits != null) {
            waits.take(house.world.time().after(PATIENCE));
        }
        return path.endsWith(".wav")
                ? Wav.at(path)
                : documents.getOrDefault(path, "<Response/>").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void has(String path, String document) {
        documents.put(path, document);
    }

    @Override
    public void holds(String path) {
        held.put(path, house.world.mailbox("held", 10));
    }

    @Override
    public void letsGo(String path) {
        Mailbox<Boolean> waits = held.remove(path);
        if (waits != null) {
            // As many as may wait.
            for (int i = 0; i < 10; i++) {
                waits.post(true);
            }
        }
    }

    @Override
    public String url(String path) {
        return house.url("/" + lane + "/" + cell + path);
    }

    // ---- phones

    @Override
    public Phone phone(Player player) {
        return java.util.Objects.requireNonNull(phones.get(player));
    }

    @Override
    public String user(Player player) {
        return lane == 0 ? player.toString() : player.toString() + lane;
    }

    @Override
    public InetSocketAddress sip() {
        return house.sip();
    }

    @Override
    public String number() {
        return "+1555%04d".formatted(1_000 + lane);
    }

    @Override
    public String room() {
        return "room-" + lane + "-" + cell;
    }

    // ---- the API

    @Override
    public Answer create(Map<String, String> form) {
        return answered(house.post("Calls", form));
    }

    @Override
    public Answer modify(String callSid, Map<String, String> form) {
        return answered(house.post("Calls/" + callSid, form, "Prefer", "wait=20"));
    }

    @Override
    public Map<String, List<String>> plan(String callSid, Map<String, String> form) {
        Map<String, String> dry = new java.util.LinkedHashMap<>(form);
        dry.put("DryRun", "true");
        String body = house.post("Calls/" + callSid, dry, "Prefer", "wait=20").body();
        Map<String, List<String>> plan = new java.util.HashMap<>();
        for (String part : List.of("legs", "ends", "requests", "remarks")) {
            Matcher items = Pattern.compile("\"" + part + "\":\\[([^\\]]*)\\]").matcher(body);
            if (!items.find()) {
                throw new AssertionError("no plan of " + form + ": " + body);
            }
            plan.put(
                    part,
                    Pattern.compile("\"([^\"]*)\"")
                            .matcher(items.group(1))
                            .results()
                            .map(found -> found.group(1))
                            .toList());
        }
        return plan;
    }

    @Override
    public void beginToModify(String callSid, Map<String, String> form) {
        RealHouse.Reply reply = house.post("Calls/" + callSid, form, "Prefer", "respond-async");
        if (reply.status() != 202) {
            throw new AssertionError("POST of " + form + ": " + reply);
        }
    }

    private Answer answered(RealHouse.Reply reply) {
        Matcher call = CALL.matcher(reply.body());
        Matcher code = CODE.matcher(reply.body());
        Answer answer = new Answer(
                reply.status(),
                reply.status() >= 400 && code.find() ? Integer.parseInt(code.group(1)) : 0,
                call.find() ? call.group(1) : "");
        if (answer.status() == 201) {
            made.add(answer.callSid());
        }
        return answer;
    }

    @Override
    public byte[] recording(String callSid, String source) {
        String listed = new String(house.get("Calls/" + callSid + "/Recordings.json"), StandardCharsets.UTF_8);
        // Its Sid, and in the same object what asked for it.
        Matcher newest = Pattern.compile(
                        "\"sid\":\"(RE[0-9a-f]{32})\"(?:(?!\"sid\":).)*\"source\":\"%s\"".formatted(source))
                .matcher(listed);
        if (!newest.find()) {
            throw new AssertionError("no recording of " + callSid + ": " + listed);
        }
        return house.get("Recordings/" + newest.group(1) + ".wav");
    }

    // ---- looking on

    @Override
    public boolean until(BooleanSupplier condition, Duration patience) {
        Deadline deadline = house.world.time().after(patience);
        look();
        while (!condition.getAsBoolean()) {
            var next = arriving.take(deadline);
            if (next.isEmpty()) {
                return condition.getAsBoolean();
            }
            seen.add(next.get());
            look();
        }
        return true;
    }

    private void look() {
        Deadline now = house.world.time().after(Duration.ZERO);
        for (var next = arriving.take(now); next.isPresent(); next = arriving.take(now)) {
            seen.add(next.get());
        }
    }

    @Override
    public List<Seen> seen() {
        return seen;
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public long nanos() {
        return house.world.time().nanos();
    }

    @Override
    public Duration longestLeftover() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration longestGap() {
        return Duration.ofSeconds(1);
    }

    void close() {
        phones.values().forEach(Phone::close);
    }
}
