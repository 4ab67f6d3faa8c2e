package teleapi.flows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import teleapi.call.Accepted;
import teleapi.call.Created;
import teleapi.call.ModificationStatus;
import teleapi.call.NewCall;
import teleapi.call.Plan;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.flows.cells.Answer;
import teleapi.flows.cells.Hearer;
import teleapi.flows.cells.Player;
import teleapi.flows.cells.Seen;
import teleapi.flows.cells.Stage;
import teleapi.flows.cells.Tone;
import teleapi.flows.cells.Wav;
import teleapi.lab.phone.Phone;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;

/**
 * A cell in simulated time.
 *
 * <pre>
 * Thread  the test's; phones and the application tell from simulated threads, one at a time
 * </pre>
 */
final class SimulatedStage implements Stage, AutoCloseable {
    private static final String APPLICATION = "http://app";

    private final SimulatedWorld world;
    private final House house;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, String> documents = new LinkedHashMap<>();
    private final Set<String> held = new java.util.LinkedHashSet<>();
    private final List<Application.Asked> waiting = new ArrayList<>();

    SimulatedStage(long seed) throws IOException {
        world = new SimulatedWorld(seed);
        house = new House(world, new Application(world, this::answer, this::asked));
        for (Player player : Player.values()) {
            house.phone(
                    player.toString(),
                    player.client() ? "client" : "phone",
                    player.voice().hertz(),
                    Tone.all(),
                    new Hearer(player, seen::add),
                    event -> seen.add(
                            new Seen.Noticed(player, event, world.time().nanos())));
        }
        world.runUntil(Duration.ofSeconds(1));
    }

    // ---- the application

    private void asked(Application.Asked asked) {
        String path = path(asked.ask());
        seen.add(new Seen.Asked(path, asked.ask().parameters(), world.time().nanos()));
        if (held.contains(path)) {
            waiting.add(asked);
        }
    }

    private Optional<HttpReply> answer(HttpAsk ask) {
        return held.contains(path(ask)) ? Optional.empty() : Optional.of(reply(ask));
    }

    private HttpReply reply(HttpAsk ask) {
        boolean sound = ask.url().endsWith(".wav");
        return new HttpReply.Received(
                200,
                ask.url(),
                sound ? "audio/wav" : "text/xml",
                sound
                        ? Wav.at(ask.url())
                        : documents.getOrDefault(path(ask), "<Response/>").getBytes(StandardCharsets.UTF_8));
    }

    private static String path(HttpAsk ask) {
        return ask.url().substring(APPLICATION.length());
    }

    @Override
    public void has(String path, String document) {
        documents.put(path, document);
    }

    @Override
    public void holds(String path) {
        held.add(path);
    }

    @Override
    public void letsGo(String path) {
        held.remove(path);
        waiting.removeIf(
                asked -> path(asked.ask()).equals(path) && asked.answer().post(reply(asked.ask())));
    }

    @Override
    public String url(String path) {
        return APPLICATION + path;
    }

    // ---- phones

    @Override
    public Phone phone(Player player) {
        return house.phone(player.toString());
    }

    @Override
    public String user(Player player) {
        return player.toString();
    }

    @Override
    public InetSocketAddress sip() {
        return house.switchboard.sip().address();
    }

    @Override
    public String number() {
        return House.NUMBER;
    }

    @Override
    public String room() {
        return "room";
    }

    // ---- the API

    @Override
    public Answer create(Map<String, String> form) {
        DeskRequest request = new DeskRequest(paths(form), house);
        Created created = house.switchboard.create(new NewCall(
                house.account.sid(),
                form.getOrDefault("From", ""),
                form.getOrDefault("To", ""),
                request.document().orElseThrow(),
                Optional.of(new StatusCallback(
                        form.getOrDefault("StatusCallback", ""),
                        HttpMethod.POST,
                        Set.of(StatusCallback.Event.RINGING, StatusCallback.Event.COMPLETED))),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                "",
                Optional.empty()));
        return created instanceof Created.Call call
                ? new Answer(201, 0, call.record().sid().text())
                : new Answer(400, 0, "");
    }

    @Override
    public Answer modify(String callSid, Map<String, String> form) {
        List<ModificationStatus> last = new ArrayList<>();
        if (!submitted(callSid, form, last)) {
            return new Answer(410, 21220, "");
        }
        if (!until(() -> !last.isEmpty(), Duration.ofSeconds(20))) {
            throw new AssertionError("no answer to " + form);
        }
        ModificationStatus status = last.getFirst();
        int code = status.code();
        // As rest's Modifying answers.
        return switch (status.state()) {
            case APPLIED, HEARD, PLANNED -> new Answer(200, code, "");
            case ACCEPTED, PREPARING -> new Answer(202, code, "");
            case FAILED -> new Answer(422, code, "");
            case SUPERSEDED -> new Answer(409, code, "");
            case CONFLICT -> new Answer(409, code, "");
            case PRECONDITION -> new Answer(412, code, "");
            case ENDED -> new Answer(410, code, "");
        };
    }

    @Override
    public Map<String, List<String>> plan(String callSid, Map<String, String> form) {
        List<ModificationStatus> last = new ArrayList<>();
        Map<String, String> dry = new LinkedHashMap<>(form);
        dry.put("DryRun", "true");
        if (!submitted(callSid, dry, last) || !until(() -> !last.isEmpty(), Duration.ofSeconds(20))) {
            throw new AssertionError("no plan of " + form);
        }
        Plan plan = last.getFirst().plan().orElseThrow();
        return Map.of(
                "legs", plan.legs().stream().map(Sid::text).toList(),
                "ends", plan.ends(),
                "requests", plan.requests(),
                "remarks", plan.remarks());
    }

    @Override
    public void beginToModify(String callSid, Map<String, String> form) {
        if (!submitted(callSid, form, new ArrayList<>())) {
            throw new AssertionError("not accepted: " + form);
        }
    }

    private boolean submitted(String callSid, Map<String, String> form, List<ModificationStatus> last) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, world);
        var modification = new DeskRequest(paths(form), house).modification(sid, status -> {
            if (status.state().last()) {
                last.add(status);
            }
        });
        return house.switchboard.modify(house.account.sid(), new Sid(callSid), modification) == Accepted.YES;
    }

    /** A desk of a flow names documents by their paths. */
    private static Map<String, String> paths(Map<String, String> form) {
        Map<String, String> paths = new LinkedHashMap<>(form);
        List.of("Url", "FallbackUrl", "ConnectedUrl", "StatusCallback")
                .forEach(name -> paths.computeIfPresent(name, (key, url) -> url.substring(APPLICATION.length())));
        return paths;
    }

    @Override
    public byte[] recording(String callSid, String source) {
        RecordingRecord newest = house.memory.recordings.values().stream()
                .filter(record -> record.callSid().text().equals(callSid)
                        && record.source().equals(source)
                        && record.status().ended())
                .reduce((before, later) -> later)
                .orElseThrow(() -> new AssertionError("no recording of " + callSid));
        try {
            return Files.readAllBytes(house.recordings.file(newest.sid()));
        } catch (IOException unreadable) {
            throw new AssertionError("no sound of " + newest, unreadable);
        }
    }

    // ---- looking on

    @Override
    public boolean until(BooleanSupplier condition, Duration patience) {
        return world.runUntil(condition, patience);
    }

    @Override
    public List<Seen> seen() {
        return seen;
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public long nanos() {
        return world.time().nanos();
    }

    @Override
    public Duration longestLeftover() {
        return Duration.ofMillis(2);
    }

    @Override
    public Duration longestGap() {
        return Duration.ofMillis(40);
    }

    /** What is held that should not be, long after the end. */
    List<String> leftovers() {
        world.runFor(Duration.ofSeconds(45));
        return house.leftovers();
    }

    @Override
    public void close() {
        house.close();
    }
}
