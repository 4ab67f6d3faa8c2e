package teleapi.flows.cells;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import teleapi.lab.phone.PhoneEvent;
import teleapi.sip.SipUri;

/**
 * One cell while it is played: does what players do, and checks what teleapi does. What it did to a phone and nobody has asked for fails the
 * cell at its end.
 *
 * <pre>
 * Thread  the stage's one
 * Errors  AssertionError, with all that has been seen
 * </pre>
 */
final class Scene {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What is heard must still be heard after that. */
    private static final Duration STEADY = Duration.ofMillis(160);

    /** The CallStatus of a last callback. */
    static final Set<String> FINAL = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    final Stage stage;
    private final Map<Player, String> sids = new EnumMap<>(Player.class);
    private final Set<String> allSids = new TreeSet<>();
    private final Set<Integer> claimed = new HashSet<>();
    private final List<String> gaps = new ArrayList<>();

    Scene(Stage stage) {
        this.stage = stage;
        for (Tone tone : Tone.values()) {
            has("/" + name(tone), play(tone));
        }
    }

    private static String name(Tone tone) {
        return tone.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Without end. */
    String play(Tone tone) {
        return "<Play loop=\"0\">" + stage.url(tone.file()) + "</Play>";
    }

    /** Where the document that plays a tone is. */
    String document(Tone tone) {
        return stage.url("/" + name(tone));
    }

    void has(String path, String verbs) {
        stage.has(path, "<Response>" + verbs + "</Response>");
    }

    String sid(Player player) {
        return Optional.ofNullable(sids.get(player)).orElseThrow(() -> fail(player + " has no CallSid yet"));
    }

    /** Empty: it has not been in a call yet. */
    Optional<String> known(Player player) {
        return Optional.ofNullable(sids.get(player));
    }

    List<String> gaps() {
        return gaps;
    }

    // ---- what players do

    /** A phone calls our number; the application has been asked for the document when this returns. */
    void callsIn(Player player) {
        stage.phone(player)
                .call(at(stage.number()), SipUri.of("+15550123", "127.0.0.9", 5060), Optional.empty(), List.of());
        remember(player, asked("/incoming", ask -> true).parameters().getOrDefault("CallSid", ""));
    }

    /** A phone calls our number, and this document takes the call. */
    void callsIn(Player player, String document) {
        has("/incoming", document);
        callsIn(player);
        taken(player);
    }

    /** It is called, and takes the call. */
    void joins(Player player) {
        invited(player);
        answers(player);
    }

    /** A client calls another. */
    void calls(Player client, Player other) {
        String user = stage.user(client);
        stage.phone(client).call(at(stage.user(other)), at(user), Optional.of(user), List.of());
    }

    private SipUri at(String user) {
        return SipUri.of(user, stage.sip().getHostString(), stage.sip().getPort());
    }

    /** The API calls a client. */
    void creates(Player client, String path) {
        Answer made = stage.create(Map.of(
                "From",
                "+15550000",
                "To",
                "client:" + stage.user(client),
                "Url",
                stage.url(path),
                "StatusCallback",
                stage.url("/status"),
                "StatusCallbackEvent",
                "ringing completed"));
        same("POST Calls", 201, made.status());
        remember(client, made.callSid());
    }

    void rings(Player player) {
        invited(player);
        stage.phone(player).ring(false);
        asked(
                "/status",
                asked -> sid(player).equals(asked.parameters().get("CallSid"))
                        && "ringing".equals(asked.parameters().get("CallStatus")));
    }

    /** It has been invited, and takes the call. */
    void answers(Player player) {
        stage.phone(player).answer();
    }

    Answer modifies(Player player, Map<String, String> form) {
        return stage.modify(sid(player), form);
    }

    void applied(Player player, Map<String, String> form) {
        same(form.toString(), 200, modifies(player, form).status());
    }

    private void remember(Player player, String sid) {
        if (!sid.startsWith("CA")) {
            throw fail("a CallSid for " + player + ", not '" + sid + "'");
        }
        sids.put(player, sid);
        allSids.add(sid);
    }

    // ---- what teleapi does

    void invited(Player player) {
        remember(player, sees(player, PhoneEvent.Invited.class).callSid());
    }

    /** Its call has been taken. */
    void taken(Player player) {
        remember(player, sees(player, PhoneEvent.Answered.class).callSid());
    }

    void getsBye(Player player) {
        if (!sees(player, PhoneEvent.Ended.class).byFarEnd()) {
            throw fail(player + "'s call broke");
        }
    }

    void getsCancel(Player player) {
        sees(player, PhoneEvent.Canceled.class);
    }

    void isRefused(Player player, int status) {
        same(
                player + "'s final response",
                status,
                sees(player, PhoneEvent.Refused.class).status());
    }

    void getsDigits(Player player, String digits) {
        for (int i = 0; i < digits.length(); i++) {
            same(
                    player + "'s digit",
                    digits.charAt(i),
                    sees(player, PhoneEvent.Digit.class).digit());
        }
    }

    /** The next event of a phone that tells of SIP or keys must be of this kind. */
    private <E extends PhoneEvent> E sees(Player player, Class<E> kind) {
        if (!stage.until(() -> next(player).isPresent(), PATIENCE)) {
            throw fail(player + ": no " + kind.getSimpleName());
        }
        int at = next(player).orElseThrow();
        PhoneEvent event = ((Seen.Noticed) stage.seen().get(at)).event();
        if (!kind.isInstance(event)) {
            throw fail(player + ": " + event + ", not " + kind.getSimpleName());
        }
        claimed.add(at);
        return kind.cast(event);
    }

    /** When a phone was first told something of this kind, on the scale of {@link Stage#nanos}. */
    long when(Player player, Class<? extends PhoneEvent> kind) {
        return stage.seen().stream()
                .filter(seen -> seen instanceof Seen.Noticed noticed
                        && noticed.player() == player
                        && kind.isInstance(noticed.event()))
                .mapToLong(Seen::nanos)
                .findFirst()
                .orElseThrow(() -> fail(player + ": no " + kind.getSimpleName()));
    }

    private Optional<Integer> next(Player player) {
        List<Seen> seen = stage.seen();
        for (int i = 0; i < seen.size(); i++) {
            if (!claimed.contains(i)
                    && seen.get(i) instanceof Seen.Noticed(Player who, PhoneEvent event, long nanos)
                    && who == player
                    && counts(event)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static boolean counts(PhoneEvent event) {
        return switch (event) {
            case PhoneEvent.Hears hears -> false;
            case PhoneEvent.Registered registered -> false;
            case PhoneEvent.Progressed progressed -> false;
            case PhoneEvent other -> true;
        };
    }

    Seen.Asked asked(String path, Predicate<Seen.Asked> fits) {
        if (!stage.until(() -> requests(path, fits) > 0, PATIENCE)) {
            throw fail("no request for " + path);
        }
        return all(path).filter(fits).findFirst().orElseThrow();
    }

    long requests(String path, Predicate<Seen.Asked> fits) {
        return all(path).filter(fits).count();
    }

    private java.util.stream.Stream<Seen.Asked> all(String path) {
        return stage.seen().stream()
                .filter(Seen.Asked.class::isInstance)
                .map(Seen.Asked.class::cast)
                .filter(asked -> asked.path().equals(path));
    }

    void pass(Duration time) {
        stage.until(() -> false, time);
    }

    // ---- who hears whom

    void talk(Player one, Player other) {
        hears(one, Heard.of(other));
        hears(other, Heard.of(one));
    }

    /** Waits until it is heard, and goes on being heard. */
    void hears(Player player, Heard wanted) {
        if (!stage.exact()) {
            hearsAtLast(player, wanted);
        } else if (!comesToHear(player, wanted) || !keepsHearing(player, wanted)) {
            throw fail(player + " hears " + stage.phone(player).hearing() + ", not " + wanted);
        }
    }

    /** The same, when something else is heard for a while first, and now and then. */
    void hearsAtLast(Player player, Heard wanted) {
        do {
            if (!comesToHear(player, wanted)) {
                throw fail(player + " hears " + stage.phone(player).hearing() + ", not " + wanted);
            }
        } while (!keepsHearing(player, wanted));
    }

    private boolean comesToHear(Player player, Heard wanted) {
        return stage.until(() -> wanted.fits(stage.phone(player).hearing()), PATIENCE);
    }

    private boolean keepsHearing(Player player, Heard wanted) {
        return !stage.until(() -> !wanted.goesOn(stage.phone(player).hearing()), STEADY);
    }

    /** How many packets this phone has got so far; where a change is looked for. */
    int mark() {
        return stage.seen().size();
    }

    /**
     * What was heard gave way to something else: since the mark no packet has both, none of the old one comes after the first of the new one,
     * and the break between them is short.
     */
    void gaveWay(Player player, Heard before, Heard now, int mark) {
        Set<Tone> gone = new HashSet<>(before.tones());
        gone.removeAll(now.tones());
        Set<Tone> come = new HashSet<>(now.tones());
        come.removeAll(before.tones());
        if (gone.isEmpty() || come.isEmpty()) {
            return;
        }
        long last = 0;
        long first = 0;
        List<Seen> seen = stage.seen();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i) instanceof Seen.Packet(Player who, Set<Tone> tones, long nanos) && who == player) {
                boolean old = tones.stream().anyMatch(gone::contains);
                if (first == 0 && i >= mark && tones.stream().anyMatch(come::contains)) {
                    first = nanos;
                }
                if (old && first != 0) {
                    throw fail(player + " hears " + tones + " after or with " + now);
                }
                last = old ? nanos : last;
            }
        }
        if (last == 0 || first == 0) {
            throw fail(player + " did not hear " + (last == 0 ? before : now) + " around the change");
        }
        long gap = first - last;
        gaps.add("%s %.1f ms".formatted(player, gap / 1e6));
        if (gap > stage.longestGap().toNanos()) {
            throw fail("%s hears nothing for %.1f ms".formatted(player, gap / 1e6));
        }
    }

    /** Not one packet had it. */
    void neverHeard(Player player, Tone tone) {
        for (Seen next : stage.seen()) {
            if (next instanceof Seen.Packet(Player who, Set<Tone> tones, long nanos)
                    && who == player
                    && tones.contains(tone)) {
                throw fail(player + " heard " + tones);
            }
        }
    }

    /** What was heard is not heard any more: nothing of it comes when the answer has come, but what was on its way. */
    void stopped(Player player, Heard before, Heard now, long answered) {
        Set<Tone> gone = new HashSet<>(before.tones());
        gone.removeAll(now.tones());
        List<Long> late = stage.seen().stream()
                .filter(next -> next instanceof Seen.Packet(Player who, Set<Tone> tones, long nanos)
                        && who == player
                        && nanos > answered
                        && tones.stream().anyMatch(gone::contains))
                .map(Seen::nanos)
                .toList();
        gaps.add(player + " " + late.size() + " packets after the answer");
        if (!late.isEmpty()
                && late.getLast() - answered > stage.longestLeftover().toNanos()) {
            throw fail("%s hears %s for %.1f ms after the answer"
                    .formatted(player, gone, (late.getLast() - answered) / 1e6));
        }
    }

    // ---- the end

    /** Hangs up what is left; each call has had one final callback, and nothing happened that nobody asked for. */
    void end() {
        nothingElse();
        sids.keySet().forEach(player -> stage.phone(player).hangUp());
        for (String sid : allSids) {
            asked("/status", asked -> isFinal(asked, sid));
        }
        finals().forEach((sid, times) -> same("final callbacks of " + sid, 1, times));
    }

    /** How many final callbacks each call of this cell has had by now. */
    Map<String, Integer> finals() {
        Map<String, Integer> finals = new HashMap<>();
        allSids.forEach(sid -> finals.put(sid, (int) requests("/status", asked -> isFinal(asked, sid))));
        return finals;
    }

    private static boolean isFinal(Seen.Asked asked, String sid) {
        return sid.equals(asked.parameters().get("CallSid"))
                && FINAL.contains(asked.parameters().get("CallStatus"));
    }

    private void nothingElse() {
        for (Player player : Player.values()) {
            next(player).ifPresent(at -> {
                throw fail("nobody asked for " + stage.seen().get(at));
            });
        }
    }

    void same(String what, Object wanted, Object is) {
        if (!wanted.equals(is)) {
            throw fail(what + ": " + is + ", not " + wanted);
        }
    }

    AssertionError fail(String what) {
        var lines = new StringBuilder(what);
        List<Seen> seen = stage.seen();
        long begin = seen.isEmpty() ? 0 : seen.getFirst().nanos();
        for (Seen next : seen) {
            String line = switch (next) {
                case Seen.Packet packet -> "";
                case Seen.Noticed(Player player, PhoneEvent event, long nanos) -> player + " " + event;
                case Seen.Asked(String path, Map<String, String> parameters, long nanos) ->
                    "POST " + path + " " + parameters;
            };
            if (!line.isEmpty()) {
                lines.append("\n%8.1f ms  %s".formatted((next.nanos() - begin) / 1e6, line));
            }
        }
        sids.forEach((player, sid) ->
                lines.append("\n").append(player).append(" is ").append(sid));
        return new AssertionError(lines.toString());
    }
}
