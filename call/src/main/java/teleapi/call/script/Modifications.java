package teleapi.call.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallEvent.FollowerPrepared.Prepared;
import teleapi.call.CallMessage;
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.EndReason;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus.State;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Reading;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;
import teleapi.call.Redirect.Mode;
import teleapi.call.Sid;
import teleapi.call.script.Provisions.Provision;
import teleapi.runtime.Deadline;

/**
 * What the API asks of a live call: decided here, by looking at the call's own state, and answered exactly once.
 *
 * <p>Live controls are done at once. An end unwinds everything. A redirect is prepared beside the running verb (fetch, parse) and then
 * unwinds it, or runs over it; a newer redirect supersedes one that is still in preparation. What has a leader is prepared, reported and
 * carried out when the leader says so.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Errors  every command taken is told a last status: applied, failed, superseded, conflict, precondition, planned or ended
 * Source  CONTRACT section 2; ARCHITECTURE "Live modification against states"; ADR-0009, ADR-0010
 * </pre>
 */
final class Modifications {
    private static final int SUPERSEDED = 29410;
    private static final int CHANGED_SINCE = 29412;
    private static final int STATE_FORBIDS = 29409;

    private final Script script;
    private final Call call;
    private final Map<Mode, Preparation> preparations = new EnumMap<>(Mode.class);
    private Optional<Preparation> switching = Optional.empty();
    private Optional<NewDocument> firstDocument = Optional.empty();
    /** The number of the redirect that was switched to last. */
    private long newest;
    /** The number of the redirect of this call's own that came into its mailbox last. */
    private long lastTaken;

    private final ModificationAnswers answers;
    private final Map<Sid, CallCommand.Modify> moving = new LinkedHashMap<>();
    private final Provisions provisions;
    private final List<CallCommand.Modify> ending = new ArrayList<>();
    private final HeldBack held = new HeldBack();

    Modifications(Script script) {
        this.script = script;
        this.call = script.call;
        this.answers = new ModificationAnswers(script);
        this.provisions = new Provisions(script);
    }

    // ---- from the API

    void take(CallCommand.Modify command) throws Interruption {
        Modification asked = command.modification();
        answers.taken(command);
        var rules = new ModificationRules(script);
        Optional<String> forbidden = rules.forbidden(asked);
        if (asked.expectedRevision().isPresent()
                && asked.expectedRevision().getAsLong() != call.snapshot().revision()) {
            answers.tell(
                    command,
                    State.PRECONDITION,
                    CHANGED_SINCE,
                    "the revision is " + call.snapshot().revision(),
                    Map.of());
        } else if (forbidden.isPresent()) {
            answers.tell(command, State.CONFLICT, STATE_FORBIDS, forbidden.get(), Map.of());
        } else if (asked.dryRun()) {
            answers.planned(command, rules.plan(asked));
        } else if (asked.redirect().isPresent()) {
            redirect(command, asked.redirect().get(), false);
        } else if (Provisions.needed(asked.controls())) {
            provisions.get(command);
        } else {
            whenLed(command, Provision.NONE);
        }
    }

    /** A sound or a place that a modification waits for; false: it is another's. */
    boolean takes(CallEvent.SoundLoaded loaded) throws Interruption {
        Optional<Provisions.Outcome> outcome = provisions.of(loaded);
        if (outcome.isPresent()) {
            provided(outcome.get());
        }
        return outcome.isPresent();
    }

    /** Sounds that are stopped before they are there do not begin. */
    void stopped(Controls.Stop wanted, long before) {
        Stream.concat(provisions.stopped(wanted, before).stream(), held.takeSounds(wanted, before).stream())
                .forEach(late -> answers.tell(late, State.SUPERSEDED, SUPERSEDED, "stopped before it began", Map.of()));
    }

    void placeKept(CallEvent.PlaceKept kept) throws Interruption {
        Optional<Provisions.Outcome> outcome = provisions.of(kept);
        if (outcome.isPresent()) {
            provided(outcome.get());
        }
    }

    private void provided(Provisions.Outcome outcome) throws Interruption {
        switch (outcome) {
            case Provisions.Outcome.Ready ready -> whenLed(ready.command(), ready.provision());
            case Provisions.Outcome.Missing missing ->
                answers.tell(missing.command(), missing.state(), missing.code(), missing.reason(), Map.of());
        }
    }

    /** At once, or when its leader says so. */
    private void whenLed(CallCommand.Modify command, Provision provision) throws Interruption {
        if (command.leader().isEmpty()) {
            carryOut(command, provision);
        } else {
            held.add(command, provision, command.leader().get());
        }
    }

    /** The leader's word has come; meanwhile the call may have been answered, and a first document is a redirect now. */
    private void carryOutLate(HeldBack.Held ready) throws Interruption {
        Optional<Redirect> first = ready.command().modification().redirect();
        if (first.isPresent() && call.snapshot().status() == CallStatus.IN_PROGRESS) {
            redirect(ready.command(), first.get(), true);
        } else {
            carryOut(ready.command(), ready.provision());
        }
    }

    private void carryOut(CallCommand.Modify command, Provision provision) throws Interruption {
        Modification asked = command.modification();
        Controls controls = answers.controls(command);
        if (script.controls.refuses(controls, asked.sid(), provision)) {
            return;
        }
        asked.statusCallback().ifPresent(script.progress::tellInstead);
        // The first document of a call that has not been answered.
        asked.redirect().ifPresent(redirect -> {
            firstDocument = Optional.of(redirect.document());
            script.switchboard.rooms().notComing(call);
        });
        if (asked.ending().isPresent()) {
            if (controls.participation().isPresent()) {
                script.controls.kick();
            }
            script.controls.apply(controls, asked.sid(), provision, () -> {});
            end(command, asked.ending().get());
        } else {
            script.controls.apply(controls, asked.sid(), provision, () -> answers.applied(command, Map.of()));
        }
    }

    private void end(CallCommand.Modify command, Ending how) throws Interruption {
        if (how == Ending.CANCELED && call.snapshot().status() == CallStatus.IN_PROGRESS) {
            answers.applied(command, Map.of());
            return;
        }
        ending.add(command);
        throw new Interruption(new Next.End(EndReason.byApi(
                "Status=" + how.name().toLowerCase(java.util.Locale.ROOT),
                command.modification().sid())));
    }

    private void redirect(CallCommand.Modify command, Redirect redirect, boolean mayGo) throws Interruption {
        if (call.origin() instanceof Origin.FromApi && call.snapshot().status() != CallStatus.IN_PROGRESS) {
            supersede(Mode.REPLACE, "a later first document was accepted");
            whenLed(command, Provision.NONE);
            return;
        }
        // Two requests at once may come in another order than they were numbered: as they came, they are carried out.
        lastTaken = Math.max(lastTaken, command.number());
        var fresh = Preparation.asked(command, lastTaken, redirect.document(), redirect.mode());
        fresh.mayGo = mayGo;
        if (overtaken(fresh.mode, fresh.number)) {
            answers.tell(command, State.SUPERSEDED, SUPERSEDED, "a later move of both legs was accepted", Map.of());
            return;
        }
        // The peer first: it has the move in its mailbox before anything that our leaving, or what we drop here,
        // posts (ADR-0009).
        fresh.follower = Along.of(script, redirect)
                .filter(along -> along.leg()
                        .post(new CallEvent.MoveAlong(
                                fresh.modification, fresh.number, along.document(), fresh.mode, call)))
                .map(Along::leg);
        fresh.dropped = redirect.connected() instanceof Connected.HangUp ? script.connected() : Optional.empty();
        supersede(fresh.mode, "a later redirect was accepted");
        preparations.put(fresh.mode, fresh);
        answers.tell(command, State.PREPARING, 0, "", Map.of());
        prepare(fresh);
    }

    // ---- preparing a document

    private Optional<Preparation> preparing(Mode mode) {
        return Optional.ofNullable(preparations.get(mode));
    }

    /** Of two moves that cross, one from either leg, the later one wins on both. It may even run here already. */
    private boolean overtaken(Mode mode, long number) {
        return newest > number
                || preparing(mode).filter(ours -> ours.number > number).isPresent();
    }

    private Optional<Preparation> preparing(Sid modification) {
        return preparations.values().stream()
                .filter(ours -> ours.modification.equals(modification))
                .findAny();
    }

    /** Whether something is in preparation that takes the place of what runs. */
    boolean preparing() {
        return preparing(Mode.REPLACE).isPresent();
    }

    /** The document that replaced the first one before the call was answered. */
    Optional<NewDocument> firstDocument() {
        return firstDocument;
    }

    /** A document that was fetched for a redirect; false: it is another's. */
    boolean takes(CallEvent.Fetched fetched) throws Interruption {
        Optional<Preparation> concerned = preparations.values().stream()
                .filter(ours -> ours.fetch == fetched.fetch())
                .findAny();
        if (concerned.isPresent()) {
            Preparation ours = concerned.get();
            ours.fetchedAt = fetched.at();
            read(ours, fetched.reading());
        }
        return concerned.isPresent();
    }

    private void prepare(Preparation ours) throws Interruption {
        switch (ours.document) {
            case NewDocument.AtUrl at -> ours.fetch = script.documents.startFetch(at.fetch(), ours.named());
            case NewDocument.Inline inline -> read(ours, Documents.parse(inline));
            case NewDocument.Wait waiting -> ready(ours, Documents.waiting(waiting));
            case NewDocument.Join room -> ready(ours, Documents.joining(room));
            case NewDocument.Bridge bridge -> ready(ours, new Next.Bridge(bridge.sid(), bridge.other()));
        }
    }

    private void read(Preparation ours, Reading read) throws Interruption {
        switch (read) {
            case Reading.Ready ready
            when ours.mode == Mode.OVERLAY && Overlay.notForIt(ready.document()).isPresent() ->
                failed(ours, 12200, Overlay.notForIt(ready.document()).get());
            case Reading.Ready ready -> ready(ours, new Next.Run(ready.document(), ready.baseUrl()));
            case Reading.Unusable unusable
            when ours.fallbackLeft.isPresent() -> {
                NewDocument.Fetch instead = ours.fallbackLeft.get();
                ours.fallbackLeft = Optional.empty();
                Optional<String> url = ours.document instanceof NewDocument.AtUrl at
                        ? Optional.of(at.fetch().url())
                        : Optional.empty();
                script.notify(true, unusable.code(), unusable.reason(), url.orElse(""));
                var parameters = new LinkedHashMap<>(ours.named());
                parameters.putAll(Documents.errorParameters(unusable, url));
                ours.fetch = script.documents.startFetch(instead, parameters);
            }
            case Reading.Unusable unusable -> failed(ours, unusable.code(), unusable.reason());
        }
    }

    private void ready(Preparation ours, Next next) throws Interruption {
        ours.ready = Optional.of(next);
        ours.parsedAt = script.time.nanos();
        switchWhenAllReady(ours);
    }

    /** Neither the document nor its fallback: the call goes on as it was. */
    private void failed(Preparation ours, int code, String reason) {
        preparations.remove(ours.mode, ours);
        script.notify(true, code, "redirect " + ours.modification + " failed, the call goes on: " + reason, "");
        if (ours.command.isEmpty()) {
            ours.report(Prepared.FAILED, code, reason);
        }
        ours.follower.ifPresent(follower -> follower.post(new CallEvent.MoveOff(ours.modification, code, reason)));
        ours.command.ifPresent(
                command -> answers.tell(command, State.FAILED, code, reason, ours.timings(script.time.nanos())));
    }

    private void switchWhenAllReady(Preparation ours) throws Interruption {
        if (!ours.everyoneReady()) {
            return;
        }
        if (ours.leader.isPresent() && !ours.mayGo) {
            if (!ours.reported) {
                ours.reported = true;
                ours.report(Prepared.READY, 0, "");
            }
            return;
        }
        if (!ours.tellFollower()) {
            failed(ours, STATE_FORBIDS, "the other call has ended");
            return;
        }
        preparations.remove(ours.mode, ours);
        ours.dropped.ifPresent(leg -> leg.hangUp(EndReason.byApi("ConnectedLeg=hangup", ours.modification)));
        switching = Optional.of(ours);
        if (ours.mode == Mode.OVERLAY) {
            script.overlay(ours.ready.orElseThrow(), ours.fallbackLeft);
        } else {
            throw Interruption.by(ours.modification, ours.ready.orElseThrow());
        }
    }

    /** The loop begins a document: if it is a redirect's, the redirect has taken effect. */
    void switched() {
        if (switching.isEmpty()) {
            return;
        }
        Preparation done = switching.get();
        switching = Optional.empty();
        if (done.mode == Mode.REPLACE) {
            newest = done.number;
            script.documents.fallback(done.fallbackLeft, true);
            // reference/peers.md part 4 row 34: every parked leg has a deadline.
            boolean parked = done.document instanceof NewDocument.Wait;
            script.limits.parked(parked ? script.time.after(Documents.LONGEST_WAIT) : Deadline.NEVER);
        }
        script.progress.revised();
        done.reportMoved();
        done.command.ifPresent(command -> {
            command.modification().statusCallback().ifPresent(script.progress::tellInstead);
            Map<String, Duration> timings = done.timings(script.time.nanos());
            Controls controls = answers.controls(command);
            if (script.controls.refuses(controls, done.modification, Provision.NONE)) {
                return;
            }
            script.controls.apply(controls, done.modification, Provision.NONE, () -> {
                if (done.follower.isPresent()) {
                    moving.put(done.modification, command);
                } else {
                    answers.applied(command, timings);
                }
            });
        });
    }

    private void supersede(Mode mode, String why) {
        drop(Mode.OVERLAY, State.SUPERSEDED, why);
        if (mode == Mode.REPLACE) {
            drop(Mode.REPLACE, State.SUPERSEDED, why);
            // First documents that wait for their leader's word are redirects in preparation like any other.
            held.takeFirstDocuments()
                    .forEach(command -> answers.tell(command, State.SUPERSEDED, SUPERSEDED, why, Map.of()));
        }
    }

    /** Ends a preparation that must not be completed. */
    private void drop(Mode mode, State state, String why) {
        int code = state == State.ENDED ? ModificationAnswers.ENDED_CODE : SUPERSEDED;
        preparing(mode).ifPresent(old -> {
            preparations.remove(mode);
            old.withdraw(why);
            old.follower.ifPresent(follower -> follower.post(new CallEvent.MoveOff(old.modification, code, why)));
            old.command.ifPresent(command -> answers.tell(command, state, code, why, Map.of()));
        });
    }

    // ---- led by others, and leading them

    void moveAlong(CallEvent.MoveAlong move) throws Interruption {
        if (overtaken(move.mode(), move.number())) {
            move.leader()
                    .post(new FollowerPrepared(move.modification(), Prepared.GONE, 0, "a later redirect was accepted"));
            return;
        }
        supersede(move.mode(), "a later move of both legs was accepted");
        var fresh = Preparation.following(move);
        preparations.put(fresh.mode, fresh);
        prepare(fresh);
    }

    void followerPrepared(FollowerPrepared told) throws Interruption {
        if (told.prepared() == Prepared.GONE) {
            Optional.ofNullable(moving.remove(told.modification()))
                    .ifPresent(command -> answers.applied(command, Map.of()));
        }
        Optional<Preparation> concerned = preparing(told.modification()).filter(ours -> ours.follower.isPresent());
        if (concerned.isEmpty()) {
            return;
        }
        Preparation ours = concerned.get();
        switch (told.prepared()) {
            case READY -> {
                ours.followerReady = true;
                switchWhenAllReady(ours);
            }
            case GONE -> {
                ours.follower = Optional.empty();
                if (ours.document instanceof NewDocument.Bridge) {
                    failed(ours, STATE_FORBIDS, "the other call: " + told.reason());
                } else {
                    switchWhenAllReady(ours);
                }
            }
            case FAILED -> {
                ours.follower = Optional.empty();
                failed(ours, told.code(), "the connected leg: " + told.reason());
            }
        }
    }

    void moveNow(Sid modification) throws Interruption {
        Optional<HeldBack.Held> ready = held.take(modification);
        if (ready.isPresent()) {
            carryOutLate(ready.get());
            return;
        }
        Optional<Preparation> concerned = preparing(modification);
        if (concerned.isPresent()) {
            concerned.get().mayGo = true;
            switchWhenAllReady(concerned.get());
        }
    }

    void moveOff(CallEvent.MoveOff off) {
        Sid modification = off.modification();
        held.take(modification).ifPresent(ready -> provisions.giveBack(ready.provision()));
        provisions.drop(modification);
        Optional<Preparation> concerned = preparing(modification);
        concerned.ifPresent(ours -> {
            preparations.remove(ours.mode, ours);
            ours.follower.ifPresent(follower -> follower.post(off));
        });
        answers.failed(
                modification,
                off.code(),
                off.reason(),
                concerned.map(ours -> ours.timings(script.time.nanos())).orElse(Map.of()));
    }

    void followerMoved(Sid modification) {
        Optional.ofNullable(moving.remove(modification)).ifPresent(command -> answers.applied(command, Map.of()));
    }

    ModificationAnswers answers() {
        return answers;
    }

    // ---- the end

    /** The call has ended and its record is final: everyone who still waits is told. */
    void ended(List<CallMessage> leftInMailbox) {
        ending.forEach(command -> answers.applied(command, Map.of()));
        script.controls.ended(leftInMailbox);
        moving.values().forEach(command -> answers.applied(command, Map.of()));
        switching
                .filter(switched -> switched.command.isEmpty())
                .ifPresent(switched -> switched.report(Prepared.GONE, 0, "the leg has ended"));
        if (ending.isEmpty()) {
            // reference/reliability.md 3.1, 8: the other leg carries on alone. An end by the API drops the move
            // (CONTRACT section 2), and so does one that others still decide about, or a bridge.
            preparations.values().stream()
                    .filter(ours -> ours.leader.isEmpty() && !(ours.document instanceof NewDocument.Bridge))
                    .forEach(ours -> {
                        ours.follower.ifPresent(follower -> follower.post(new CallEvent.MoveNow(ours.modification)));
                        ours.follower = Optional.empty();
                    });
        }
        for (Mode mode : Mode.values()) {
            drop(mode, State.ENDED, "the call has ended");
        }
        held.all().forEach(ready -> provisions.giveBack(ready.provision()));
        for (CallMessage left : leftInMailbox) {
            switch (left) {
                case CallCommand.Modify command -> answers.left(command);
                case CallEvent.MoveAlong move ->
                    move.leader()
                            .post(new FollowerPrepared(move.modification(), Prepared.GONE, 0, "the leg has ended"));
                case CallEvent.PlaceKept kept -> kept.conference().giveUp(call.sid());
                case CallMessage other -> {}
            }
        }
        answers.ended();
    }
}
