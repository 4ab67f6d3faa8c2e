package teleapi.flows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import teleapi.call.Sid;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;

/**
 * Plays one flow: does what the peers' lines say, and waits for what teleapi's lines say; anything teleapi does that no line says fails it.
 *
 * <pre>
 * Thread  the test's; phones and the application tell from simulated threads, one at a time
 * </pre>
 */
final class FlowRun {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What the simulated voice speaks with; a flow with "speech" in its cast tells it from other sounds. */
    private static final int SPEECH = 330;

    /** Something teleapi did to a player. */
    private record Observed(String player, String what, Optional<Application.Asked> asked) {
        @Override
        public String toString() {
            return player + " " + what;
        }
    }

    private final Path file;
    private final FlowFile flow;
    private final SimulatedWorld world;
    private final List<Observed> observed = new ArrayList<>();
    /** May be seen from here on, or not: it races with what is expected. */
    private final Set<String> either = new HashSet<>();

    private final List<String> log = new ArrayList<>();
    private final List<Application.Asked> unanswered = new ArrayList<>();
    private final Map<String, Integer> tones = new LinkedHashMap<>();
    private final Map<String, String> sids = new LinkedHashMap<>();
    private final Map<String, List<Hearing>> heard = new LinkedHashMap<>();
    private final House house;
    private final FlowDesk desk;
    private Duration patience = PATIENCE;
    private int line;

    FlowRun(Path file, FlowFile flow, long seed) throws IOException {
        this.file = file;
        this.flow = flow;
        this.world = new SimulatedWorld(seed);
        this.house = new House(world, new Application(world, ask -> Optional.empty(), this::asked));
        this.desk = new FlowDesk(house, sids, what -> observe("desk", what, Optional.empty()));
    }

    void play() throws IOException {
        try (house) {
            // Above all that ringing, music and beeps are made of.
            int tone = 1_300;
            for (var player : flow.cast().entrySet()) {
                if (player.getValue().equals("speech")) {
                    tones.put(player.getKey(), SPEECH);
                } else if (!Set.of("http", "rest").contains(player.getValue())) {
                    tones.put(player.getKey(), tone);
                    tone += 250;
                }
            }
            for (var player : tones.entrySet()) {
                if (player.getValue() == SPEECH) {
                    continue;
                }
                house.phone(
                        player.getKey(),
                        kind(player.getKey()),
                        player.getValue(),
                        List.copyOf(tones.values()),
                        event -> noticed(player.getKey(), event));
            }
            world.runUntil(Duration.ofSeconds(1));
            for (FlowFile.Line next : flow.lines()) {
                line = next.number();
                log.add(next.text());
                perform(next.text());
            }
            finish();
        } catch (RuntimeException | IOException failure) {
            throw new AssertionError(at() + failure, failure);
        }
    }

    private void finish() {
        world.runFor(Duration.ofSeconds(45));
        if (!observed.isEmpty()) {
            throw fail("teleapi did more than the flow says: " + observed);
        }
        List<String> left = house.leftovers();
        if (!left.isEmpty()) {
            throw fail("left behind: " + left);
        }
    }

    private void perform(String text) {
        String[] words = text.split(" +", 2);
        switch (words[0]) {
            case "at" -> world.runUntil(Duration.ofMillis(millis(words[1])));
            case "wait" -> world.runFor(Duration.ofMillis(millis(words[1])));
            case "within" -> patience = Duration.ofMillis(millis(words[1]));
            case "hear" -> hear(words[1]);
            case "never" -> never(words[1]);
            case "media" -> media(Integer.parseInt(words[1]));
            case "note" -> note(words[1].split(" +", -1));
            case "state" -> state(words[1]);
            case "may" -> either.add(words[1]);
            default -> arrow(text);
        }
    }

    private void arrow(String text) {
        String[] parts = text.split(" +", 4);
        if (parts.length < 4 || !parts[1].equals("->")) {
            throw fail("not a line of a flow");
        }
        if (parts[0].equals("teleapi")) {
            expect(parts[2], parts[3]);
        } else {
            act(parts[0], parts[3]);
        }
    }

    // ---- what peers do

    private void act(String player, String what) {
        switch (kind(player)) {
            case "http" -> answer(what.startsWith("/") ? chosen(what) : what);
            case "rest" -> desk.request(filled(what));
            default -> act(house.phone(player), what);
        }
    }

    private void act(Phone phone, String what) {
        String[] words = what.split(" +", -1);
        switch (words[0]) {
            case "INVITE" -> invite(phone, words[1], words.length > 2 ? replacing(words[3]) : List.of());
            case "REFER" -> refer(phone, words);
            case "MESSAGE" -> text(phone, words[1], what.substring(what.indexOf(words[1]) + words[1].length() + 1));
            case "texts" -> phone.answerTexts(Integer.parseInt(words[1]));
            case "202" -> phone.acceptReferral();
            case "NOTIFY" -> phone.tellReferrer(Integer.parseInt(words[1]));
            case "no-REFER" -> phone.refuseReferral(Integer.parseInt(words[1]));
            case "180" -> phone.ring(false);
            case "183" -> phone.ring(true);
            case "200" -> phone.answer();
            case "BYE", "CANCEL" -> phone.hangUp();
            case "hold" -> phone.hold(true);
            case "resume" -> phone.hold(false);
            case "hush" -> phone.talk(false);
            case "talk" -> phone.talk(true);
            case "digits" -> phone.press(words[1]);
            case "INFO" -> phone.inform(words[1].charAt(0));
            default -> phone.refuse(Integer.parseInt(words[0]));
        }
    }

    /** "REFER user", "REFER sip:uri", or "REFER user replacing player": that one's dialog is meant. */
    private void refer(Phone phone, String[] words) {
        var server = house.switchboard.sip().address();
        SipUri target = words[1].startsWith("sip:")
                ? SipUri.parse(words[1]).orElseThrow()
                : SipUri.of(words[1], server.getHostString(), server.getPort());
        Map<String, String> headers = new LinkedHashMap<>(target.headers());
        if (words.length > 2) {
            replacing(words[3]).forEach(header -> headers.put(header.name(), header.value()));
        }
        phone.refer(
                new SipUri(target.scheme(), target.user(), target.host(), target.port(), target.parameters(), headers));
    }

    private List<Header> replacing(String player) {
        return List.of(new Header(
                "Replaces", house.phone(player).replaces().orElseThrow().toString()));
    }

    private void invite(Phone phone, String user, List<Header> headers) {
        phone.call(at(user), own(phone), password(phone), headers);
    }

    private void text(Phone phone, String user, String text) {
        phone.text(at(user), own(phone), password(phone), filled(text));
    }

    private SipUri at(String user) {
        var server = house.switchboard.sip().address();
        return SipUri.of(user, server.getHostString(), server.getPort());
    }

    private SipUri own(Phone phone) {
        return password(phone).isPresent()
                ? at(phone.name())
                : SipUri.of("+1555" + phone.name().hashCode() % 1000, "10.9.9.9", 5060);
    }

    private Optional<String> password(Phone phone) {
        return kind(phone.name()).equals("client") ? Optional.of(phone.name()) : Optional.empty();
    }

    /** "/path answer": to the request for that path, which need not be the oldest one that waits. */
    private String chosen(String what) {
        String[] words = what.split(" +", 2);
        Application.Asked asked = unanswered.stream()
                .filter(next -> next.ask().url().equals("http://app" + words[0]))
                .findFirst()
                .orElseThrow(() -> fail("no request for " + words[0] + " waits"));
        unanswered.remove(asked);
        unanswered.addFirst(asked);
        return words[1];
    }

    private void answer(String what) {
        if (unanswered.isEmpty()) {
            throw fail("no request waits for an answer");
        }
        boolean twice = what.endsWith(" twice");
        String body = twice ? what.substring(0, what.length() - 6).strip() : what;
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            Application.Asked asked = unanswered.removeFirst();
            asked.answer()
                    .post(
                            switch (body) {
                                case "refused" -> new HttpReply.Failed(11205, "connection refused");
                                case "200" -> received(asked, 200, "text/plain", "");
                                case "500" -> received(asked, 500, "text/html", "<html>oops</html>");
                                case "wav" ->
                                    new HttpReply.Received(200, asked.ask().url(), "audio/wav", Examples.wav());
                                case "mp3" ->
                                    new HttpReply.Received(200, asked.ask().url(), "audio/mpeg", Examples.mp3());
                                case "404" -> received(asked, 404, "text/html", "<html>none</html>");
                                case String said
                                when said.startsWith("text:") ->
                                    received(
                                            asked,
                                            200,
                                            "text/plain",
                                            said.substring(5).strip());
                                default -> received(asked, 200, "text/xml", Examples.document(body));
                            });
        }
    }

    private static HttpReply received(Application.Asked asked, int status, String type, String body) {
        return new HttpReply.Received(status, asked.ask().url(), type, body.getBytes(StandardCharsets.UTF_8));
    }

    // ---- what teleapi does

    private void observe(String player, String what, Optional<Application.Asked> asked) {
        log.add("    %6d ms  teleapi -> %s  %s".formatted(world.time().nanos() / 1_000_000, player, what));
        if (!either.contains(player + " " + what)) {
            observed.add(new Observed(player, what, asked));
        }
    }

    private void noticed(String player, PhoneEvent event) {
        switch (event) {
            case PhoneEvent.Registered registered -> {
                if (registered.status() != 200) {
                    observe(player, "registration " + registered.status(), Optional.empty());
                }
            }
            case PhoneEvent.Invited invited -> {
                sids.put(player, invited.callSid());
                observe(player, "INVITE", Optional.empty());
            }
            case PhoneEvent.Progressed progressed ->
                observe(player, progressed.status() + (progressed.earlyMedia() ? " sdp" : ""), Optional.empty());
            case PhoneEvent.Answered answered -> {
                sids.putIfAbsent(player, answered.callSid());
                observe(player, "200", Optional.empty());
            }
            case PhoneEvent.Refused refused -> observe(player, Integer.toString(refused.status()), Optional.empty());
            case PhoneEvent.Canceled canceled -> observe(player, "CANCEL", Optional.empty());
            case PhoneEvent.Ended ended -> observe(player, "BYE", Optional.empty());
            case PhoneEvent.Reoffered reoffered -> observe(player, "re-INVITE", Optional.empty());
            case PhoneEvent.Digit digit -> observe(player, "digit " + digit.digit(), Optional.empty());
            case PhoneEvent.ReferAnswered answered ->
                observe(player, Integer.toString(answered.status()), Optional.empty());
            case PhoneEvent.Notified notified -> observe(player, "NOTIFY " + notified.status(), Optional.empty());
            case PhoneEvent.Referred referred -> observe(player, "REFER " + referred.target(), Optional.empty());
            case PhoneEvent.Texted(String from, String text) ->
                observe(player, "MESSAGE " + from + " " + text, Optional.empty());
            case PhoneEvent.TextAnswered(int status) -> observe(player, status + " MESSAGE", Optional.empty());
            case PhoneEvent.Hears hears -> {
                heard.computeIfAbsent(player, ignored -> new ArrayList<>()).add(hears.hearing());
                log.add("    %6d ms  %s hears %s".formatted(world.time().nanos() / 1_000_000, player, hears.hearing()));
            }
        }
    }

    private void asked(Application.Asked asked) {
        var ask = asked.ask();
        var what = new StringBuilder(ask.method() + " " + ask.url().replaceFirst("http://app", ""));
        ask.parameters()
                .forEach((name, value) ->
                        what.append(' ').append(name).append('=').append(value));
        if (ask.url().equals("http://app/status")) {
            asked.answer().post(received(asked, 200, "", ""));
        }
        observe("app", what.toString(), Optional.of(asked));
    }

    private void expect(String player, String wanted) {
        String filled = filled(wanted);
        boolean done = world.runUntil(() -> matching(player, filled).isPresent(), patience);
        if (!done) {
            throw fail("teleapi did not within " + patience + ": " + filled);
        }
        patience = PATIENCE;
        Observed found = matching(player, filled).orElseThrow();
        observed.remove(found);
        found.asked()
                .filter(asked -> !asked.ask().url().equals("http://app/status"))
                .ifPresent(unanswered::add);
        if (player.equals("app")) {
            parameter(found.what(), "ConferenceSid").ifPresent(sid -> sids.put("conference", sid));
            parameter(found.what(), "CallSid").ifPresent(sid -> sids.putIfAbsent(caller(), sid));
        }
    }

    /** The first caller of the flow: the player whose INVITE began it. */
    private String caller() {
        return flow.lines().stream()
                .map(FlowFile.Line::text)
                .filter(text -> text.contains("-> teleapi") && text.contains("INVITE"))
                .map(text -> text.substring(0, text.indexOf(' ')))
                .findFirst()
                .orElse("nobody");
    }

    /** A phone's events in their order; requests and replies in any. */
    private Optional<Observed> matching(String player, String wanted) {
        boolean anyOrder = Set.of("http", "rest").contains(kind(player));
        for (Observed next : observed) {
            if (next.player().equals(player)) {
                if (matches(next.what(), wanted)) {
                    return Optional.of(next);
                }
                if (!anyOrder) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(String what, String wanted) {
        var have = List.of(what.split(" +", -1));
        String[] want = wanted.split(" +", -1);
        return have.getFirst().equals(want[0]) && have.containsAll(List.of(want));
    }

    private static Optional<String> parameter(String what, String name) {
        for (String word : what.split(" +", -1)) {
            if (word.startsWith(name + "=")) {
                return Optional.of(word.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    // ---- who hears whom

    private void hear(String text) {
        if (text.contains("=")) {
            List<String> players =
                    List.of(text.split("=", -1)).stream().map(String::strip).toList();
            for (String player : players) {
                hears(
                        player,
                        players.stream().filter(other -> !other.equals(player)).toList());
            }
        } else {
            String[] sides = text.split(":", 2);
            hears(sides[0].strip(), List.of(sides[1].strip().split("[ ,]+")));
        }
    }

    private void hears(String player, List<String> whom) {
        Phone phone = house.phone(player);
        boolean settled = world.runUntil(() -> fits(phone.hearing(), whom), Duration.ofSeconds(3));
        world.runFor(Duration.ofMillis(300));
        if (!settled || !fits(phone.hearing(), whom)) {
            throw fail(player + " hears " + phone.hearing() + ", not " + whom + " of " + tones);
        }
    }

    /** So far the player heard nobody of these together: not for one packet. */
    private void never(String text) {
        String[] sides = text.split(":", 2);
        var together = new TreeSet<Integer>();
        for (String player : sides[1].strip().split("[ ,]+", -1)) {
            together.add(tones.get(player));
        }
        List<Hearing> all = heard.getOrDefault(sides[0].strip(), List.of());
        if (all.isEmpty() || all.stream().anyMatch(hearing -> hearing.tones().containsAll(together))) {
            throw fail(sides[0].strip() + " heard " + all + " of " + tones);
        }
    }

    private boolean fits(Hearing hearing, List<String> whom) {
        return switch (whom.getFirst()) {
            case "nothing" -> !hearing.packets();
            case "silence" -> hearing.packets() && hearing.tones().isEmpty() && !hearing.otherSound();
            case "other" -> hearing.tones().isEmpty() && hearing.otherSound();
            default -> {
                var wanted = new TreeSet<Integer>();
                whom.forEach(player -> wanted.add(tones.get(player)));
                yield hearing.tones().equals(wanted);
            }
        };
    }

    private void state(String text) {
        String[] words = text.split(" +", -1);
        String status =
                house.memory.last(new Sid(filled("$" + words[0]))).status().text();
        if (!status.equals(words[1])) {
            throw fail("call of " + words[0] + " is " + status);
        }
    }

    /** How many parties have a media session now. */
    private void media(int sessions) {
        if (!world.runUntil(() -> house.media.counters().sessions() == sessions, Duration.ofSeconds(2))) {
            throw fail(house.media.counters().sessions() + " media sessions, not " + sessions);
        }
    }

    /** "12200": notifications of that code have been written; "12200 3": so many. */
    private void note(String[] of) {
        long written = house.memory.notified(Integer.parseInt(of[0]));
        if (of.length > 1 ? written != Integer.parseInt(of[1]) : written == 0) {
            throw fail(written + " notifications " + of[0] + " in " + house.memory.notifications);
        }
    }

    // ---- words

    private String filled(String text) {
        String result = text;
        for (var sid : sids.entrySet()) {
            result = result.replace("$" + sid.getKey(), sid.getValue());
        }
        return result;
    }

    private String kind(String player) {
        return Optional.ofNullable(flow.cast().get(player))
                .orElseThrow(() -> fail("nobody called " + player + " in the cast"));
    }

    private static long millis(String text) {
        String[] words = text.split(" +", -1);
        double number = Double.parseDouble(words[0]);
        return Math.round(words[1].equals("ms") ? number : number * 1_000);
    }

    private AssertionError fail(String what) {
        return new AssertionError(at() + what + "\nobserved and not yet expected: " + observed);
    }

    private String at() {
        return file + ":" + line + " (seed " + world.seed() + ")\n" + String.join("\n", log) + "\n" + journals()
                + "\n>>> ";
    }

    private String journals() {
        var lines = new ArrayList<String>();
        house.memory
                .calls
                .keySet()
                .forEach(sid -> house.switchboard
                        .find(house.account.sid(), sid)
                        .ifPresent(call -> lines.add(sid + " " + call.journal().lines())));
        return String.join("\n", lines);
    }
}
