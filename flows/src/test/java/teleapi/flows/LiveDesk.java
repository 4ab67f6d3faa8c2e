package teleapi.flows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import teleapi.call.Accepted;
import teleapi.call.BatchStatus;
import teleapi.call.CallCommand;
import teleapi.call.Change;
import teleapi.call.Controls;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.media.Tracks;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.RecordingCallback;

/**
 * A desk of an exploration that does all but redirect, end and mute: holds, deafens, plays over calls and runs documents over them, decides
 * about connected legs, connects calls, and changes several at once.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * Source  ADR-0010 "How we would notice it was wrong"
 * </pre>
 */
final class LiveDesk {
    /** A recording of a call itself. */
    static final Controls.Recording.Start START = new Controls.Recording.Start(
            Tracks.DUAL,
            new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of()),
            "StartCallRecordingAPI",
            true);

    private final House house;
    private final Random chance;
    private final Outcomes outcomes;
    private final Redirects redirects;
    private final Set<Set<Sid>> connected = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    LiveDesk(House house, Random chance, Outcomes outcomes, Redirects redirects) {
        this.house = house;
        this.chance = chance;
        this.outcomes = outcomes;
        this.redirects = redirects;
    }

    /** Whether these two were ever asked to be connected. */
    boolean connected(Sid one, Sid other) {
        return connected.contains(Set.of(one, other));
    }

    List<String> violations() {
        return violations;
    }

    /** Does one thing to one of the live calls, or to two. */
    void act(List<CallRecord> live) {
        Sid call = any(live);
        if (chance.nextInt(5) == 0) {
            together(live);
        } else {
            Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
            submit(call, wish(sid, call, live));
        }
    }

    private Sid any(List<CallRecord> live) {
        return live.get(chance.nextInt(live.size())).sid();
    }

    private void submit(Sid call, Modification modification) {
        outcomes.asked(modification.sid());
        outcomes.accepted(modification.sid(), house.switchboard.modify(house.account.sid(), call, modification));
    }

    private Modification wish(Sid sid, Sid call, List<CallRecord> live) {
        return switch (chance.nextInt(10)) {
            case 8, 9 -> controls(sid, Controls.recording(recording()));
            case 0, 1 -> controls(sid, hold(chance.nextBoolean()));
            case 2 -> controls(sid, deaf(chance.nextBoolean()));
            case 3 -> controls(sid, over());
            case 4 -> plain(sid, Optional.of(overlay()), Controls.UNCHANGED);
            case 5, 6 -> redirect(sid, call);
            default -> connect(sid, call, any(live));
        };
    }

    private Controls.Recording recording() {
        return switch (chance.nextInt(5)) {
            case 0, 1 -> START;
            case 2 -> new Controls.Recording.Pause(Optional.empty(), chance.nextBoolean());
            case 3 -> new Controls.Recording.Resume(Optional.empty());
            default -> new Controls.Recording.Stop(Optional.empty());
        };
    }

    private Modification controls(Sid sid, Controls controls) {
        return plain(sid, Optional.empty(), controls);
    }

    private Modification plain(Sid sid, Optional<Redirect> redirect, Controls controls) {
        return new Modification(
                sid,
                redirect,
                Optional.empty(),
                controls,
                Optional.empty(),
                chance.nextInt(20) == 0 ? OptionalLong.of(chance.nextInt(6)) : OptionalLong.empty(),
                chance.nextInt(15) == 0,
                this::told);
    }

    private void told(ModificationStatus status) {
        outcomes.told(status);
        if (status.state().last()) {
            redirects.told(status);
        }
    }

    private static Controls hold(boolean on) {
        return new Controls(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Controls.Hold(on, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Controls deaf(boolean on) {
        return new Controls(
                Optional.empty(),
                Optional.of(on),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Controls over() {
        boolean stops = chance.nextInt(3) == 0;
        return new Controls(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                stops
                        ? Optional.empty()
                        : Optional.of(new Controls.Over(
                                new Controls.Source.Text("over", "en", "man"),
                                chance.nextInt(2),
                                List.copyOf(EnumSet.allOf(Controls.Legs.class)).get(chance.nextInt(3)))),
                stops ? Optional.of(new Controls.Stop(Optional.empty())) : Optional.empty(),
                chance.nextInt(3) == 0 ? Optional.of("1") : Optional.empty(),
                Optional.empty(),
                chance.nextInt(30) == 0 ? Optional.of(Duration.ofSeconds(3)) : Optional.empty());
    }

    private Redirect overlay() {
        String rcml = List.of(
                        "<Say>over you</Say>",
                        "<Pause length=\"1\"/><Say>x</Say>",
                        "<Gather numDigits=\"1\" timeout=\"1\" action=\"/a\"/>",
                        "<Hangup/>",
                        "<Dial>+15550001</Dial>")
                .get(chance.nextInt(25) / 6);
        return new Redirect(document(rcml), Redirect.Mode.OVERLAY, new Connected.Usual());
    }

    private NewDocument marked(Sid sid) {
        String mark = Redirects.mark(sid);
        return chance.nextBoolean()
                ? new NewDocument.Inline("<Response>" + mark + "<Pause length=\"2\"/></Response>", Optional.empty())
                : new NewDocument.AtUrl(
                        new NewDocument.Fetch("http://app/b?mark=" + sid, HttpMethod.POST), Optional.empty());
    }

    private NewDocument document(String rcml) {
        return chance.nextBoolean()
                ? new NewDocument.Inline("<Response>" + rcml + "</Response>", Optional.empty())
                : new NewDocument.AtUrl(new NewDocument.Fetch("http://app/b", HttpMethod.POST), Optional.empty());
    }

    private Modification redirect(Sid sid, Sid call) {
        redirects.asked(sid, call, false);
        Connected fate = switch (chance.nextInt(4)) {
            case 0 -> new Connected.HangUp();
            case 1 -> new Connected.GoOn();
            case 2 -> new Connected.Hold();
            default ->
                new Connected.Run(
                        new NewDocument.Inline("<Response><Pause length=\"2\"/></Response>", Optional.empty()), true);
        };
        NewDocument document = new NewDocument.Inline(
                "<Response>" + Redirects.mark(sid) + "<Pause length=\"2\"/></Response>", Optional.empty());
        return plain(sid, Optional.of(new Redirect(document, Redirect.Mode.REPLACE, fate)), Controls.UNCHANGED);
    }

    private Modification connect(Sid sid, Sid call, Sid other) {
        redirects.askedWithoutDocument(sid);
        connected.add(call.equals(other) ? Set.of(call) : Set.of(call, other));
        return house.switchboard
                .find(house.account.sid(), other)
                .map(found ->
                        plain(sid, Optional.of(Redirect.to(new NewDocument.Bridge(sid, found))), Controls.UNCHANGED))
                .orElseGet(() -> controls(sid, deaf(false)));
    }

    // ---- desks that do not know of each other

    /**
     * Moves of both legs, asked of either. A request is accepted when it has its number, and may get into the mailbox of its call after one
     * that was accepted later.
     *
     * @param pause for at most so many milliseconds
     */
    void cross(CallRecord dialled, IntConsumer pause) {
        for (int times = chance.nextInt(4); times >= 0; times--) {
            Sid leg = chance.nextBoolean() ? dialled.sid() : dialled.parentSid().orElseThrow();
            house.world.start("another desk", () -> {
                pause.accept(chance.nextBoolean() ? 5 : 200);
                Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
                NewDocument document = marked(sid);
                Redirect move = new Redirect(document, Redirect.Mode.REPLACE, new Connected.Run(document, false));
                redirects.numbered(sid, leg, true);
                outcomes.asked(sid);
                CallCommand.Modify command = house.switchboard
                        .acceptance()
                        .of(plain(sid, Optional.of(move), Controls.UNCHANGED), Optional.empty());
                pause.accept(20);
                redirects.posted(sid);
                boolean taken = house.switchboard
                        .find(house.account.sid(), leg)
                        .filter(call -> call.offer(command))
                        .isPresent();
                outcomes.accepted(sid, taken ? Accepted.YES : Accepted.NO_SUCH_LIVE_CALL);
            });
            pause.accept(chance.nextBoolean() ? 2 : 50);
        }
    }

    // ---- several at once

    private void together(List<CallRecord> live) {
        var states = new LinkedHashMap<Sid, State>();
        var changes = new ArrayList<Change>();
        for (int i = chance.nextInt(3); i >= 0; i--) {
            Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
            Sid call = any(live);
            boolean redirect = chance.nextInt(3) > 0;
            if (redirect) {
                redirects.asked(sid, call, false);
            }
            Modification part = redirect
                    ? plain(sid, Optional.of(Redirect.to(marked(sid))), Controls.UNCHANGED)
                    : controls(sid, deaf(chance.nextBoolean()));
            changes.add(new Change.OfCall(call, watched(part, states)));
        }
        changes.forEach(
                change -> outcomes.asked(((Change.OfCall) change).modification().sid()));
        boolean taken = house.switchboard
                .modify(house.account.sid(), changes, status -> judge(status, states))
                .isEmpty();
        if (!taken) {
            changes.forEach(change ->
                    outcomes.accepted(((Change.OfCall) change).modification().sid(), Accepted.NO_SUCH_LIVE_CALL));
        }
    }

    private Modification watched(Modification part, Map<Sid, State> states) {
        return new Modification(
                part.sid(),
                part.redirect(),
                part.ending(),
                part.controls(),
                part.statusCallback(),
                part.expectedRevision(),
                false,
                status -> {
                    told(status);
                    if (status.state().last()) {
                        states.put(status.sid(), status.state());
                    }
                });
    }

    /** All or nothing: after a failure no part may ever be applied. */
    private void judge(BatchStatus whole, Map<Sid, State> states) {
        if (whole.state() == State.FAILED) {
            house.world.start("judge", () -> {
                house.world
                        .<Object>mailbox("judging", 1)
                        .take(house.world.time().after(Duration.ofSeconds(2)));
                if (states.containsValue(State.APPLIED)) {
                    violations.add("batch: failed (" + whole.reason() + "), and yet " + states);
                }
            });
        }
    }
}
