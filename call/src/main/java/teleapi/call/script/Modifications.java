package teleapi.call.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallEvent.FollowerPrepared.Prepared;
import teleapi.call.CallMessage;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Sid;
import teleapi.call.webhook.HttpReply;

/**
 * What the API asks of a live call: decided here, by looking at the call's own state, and answered exactly once.
 *
 * <p>A mute is done at once. An end unwinds everything. A redirect is prepared beside the running verb (fetch, parse) and then unwinds it;
 * a newer redirect supersedes one that is still in preparation. Effective mute is recomputed from its reasons at each change.
 *
 * <pre>
 * Thread  the call's; called from the one wait
 * Errors  every command taken is told a last status: applied, failed, superseded, conflict or ended
 * Source  CONTRACT section 2; ARCHITECTURE "Live modification against states"; ADR-0009
 * </pre>
 */
final class Modifications {
    private static final Logger LOG = LoggerFactory.getLogger(Modifications.class);

    private static final int CONFLICT_CODE = 21220;

    private final Script script;
    private final Call call;
    private Optional<Preparation> preparation = Optional.empty();
    private Optional<Preparation> switching = Optional.empty();
    private Optional<NewDocument> firstDocument = Optional.empty();
    private Optional<Sid> newest = Optional.empty();
    /** Taken and not told a last status; whatever is left in it when the call ends is told that. */
    private final Map<Sid, CallCommand.Modify> open = new LinkedHashMap<>();

    private final Map<Sid, CallCommand.Modify> moving = new LinkedHashMap<>();
    private final Map<Long, CallCommand.Modify> muting = new LinkedHashMap<>();
    private final List<CallCommand.Modify> ending = new ArrayList<>();
    private boolean mutedByRequest;
    private boolean mutedByAttribute;

    Modifications(Script script) {
        this.script = script;
        this.call = script.call;
    }

    // ---- from the API

    void take(CallCommand.Modify command) throws Interruption {
        Modification asked = command.modification();
        open.put(asked.sid(), command);
        if (asked.document().isPresent() && ringingBranch()) {
            tell(command, State.CONFLICT, CONFLICT_CODE, "a ringing leg of a Dial cannot be redirected", Map.of());
            return;
        }
        asked.statusCallback().ifPresent(script.progress::tellInstead);
        boolean waitsForMute = false;
        if (asked.muted().isPresent()) {
            mutedByRequest = asked.muted().get();
            // CONTRACT section 2: false also lifts a Conference's attribute for this party.
            mutedByAttribute &= mutedByRequest;
            waitsForMute = applyMute(
                    command, asked.ending().isEmpty() && asked.document().isEmpty());
        }
        if (asked.ending().isPresent()) {
            end(command, asked.ending().get());
        } else if (asked.document().isPresent()) {
            redirect(command, asked.document().get());
        } else if (!waitsForMute) {
            applied(command, Map.of());
        }
    }

    private boolean ringingBranch() {
        return call.origin() instanceof Origin.Dialled && call.snapshot().status() != CallStatus.IN_PROGRESS;
    }

    private void end(CallCommand.Modify command, Ending how) throws Interruption {
        if (how == Ending.CANCELED && call.snapshot().status() == CallStatus.IN_PROGRESS) {
            applied(command, Map.of());
            return;
        }
        ending.add(command);
        throw new Interruption(
                new Next.End(EndReason.byApi("Status=" + how.name().toLowerCase(java.util.Locale.ROOT))));
    }

    private void redirect(CallCommand.Modify command, NewDocument document) throws Interruption {
        if (call.origin() instanceof Origin.FromApi && call.snapshot().status() != CallStatus.IN_PROGRESS) {
            firstDocument = Optional.of(document);
            applied(command, Map.of());
            return;
        }
        var fresh = Preparation.asked(command, document);
        if (preparation.filter(ours -> ours.follows(fresh.modification)).isPresent()) {
            // Two moves that cross, one from either leg: the later one wins on both.
            tell(command, State.SUPERSEDED, CONFLICT_CODE, "a later move of both legs was accepted", Map.of());
            return;
        }
        if (command.modification().moveConnectedLeg()) {
            // The peer first: it has the move in its mailbox before anything that our leaving, or what we drop here,
            // posts (ADR-0009).
            fresh.follower = script.connected()
                    .filter(peer -> peer.post(new CallEvent.MoveAlong(fresh.modification, document, call)));
        }
        drop(State.SUPERSEDED, "a later redirect was accepted");
        preparation = Optional.of(fresh);
        tell(command, State.PREPARING, 0, "", Map.of());
        prepare(fresh);
    }

    // ---- preparing a document

    boolean preparing() {
        return preparation.isPresent();
    }

    /** The document that replaced the first one before the call was answered. */
    Optional<NewDocument> firstDocument() {
        return firstDocument;
    }

    boolean awaits(CallEvent.Fetched fetched) {
        return preparation.filter(ours -> ours.fetch == fetched.fetch()).isPresent();
    }

    private void prepare(Preparation ours) throws Interruption {
        switch (ours.document) {
            case NewDocument.AtUrl at -> ours.fetch = script.documents.startFetch(at.fetch(), Map.of());
            case NewDocument.Inline inline ->
                read(ours, Documents.parse(inline.rcml().getBytes(StandardCharsets.UTF_8), ""));
        }
    }

    void fetched(HttpReply reply) throws Interruption {
        read(preparation.orElseThrow(), Documents.read(reply));
    }

    private void read(Preparation ours, Documents.Read read) throws Interruption {
        switch (read) {
            case Documents.Read.Ready ready -> {
                ours.ready = Optional.of(ready);
                ours.fetchedAt = script.time.nanos();
                if (ours.leader.isPresent() && !ours.mayGo) {
                    ours.leader.get().post(new FollowerPrepared(ours.modification, Prepared.READY, 0, ""));
                } else {
                    switchWhenAllReady(ours);
                }
            }
            case Documents.Read.Unusable unusable
            when ours.fallbackLeft.isPresent() -> {
                NewDocument.Fetch instead = ours.fallbackLeft.get();
                ours.fallbackLeft = Optional.empty();
                Optional<String> url = ours.document instanceof NewDocument.AtUrl at
                        ? Optional.of(at.fetch().url())
                        : Optional.empty();
                script.notify(true, unusable.code(), unusable.reason(), url.orElse(""));
                ours.fetch = script.documents.startFetch(instead, Documents.errorParameters(unusable, url));
            }
            case Documents.Read.Unusable unusable -> failed(ours, unusable.code(), unusable.reason());
        }
    }

    /** Neither the document nor its fallback: the call goes on as it was. */
    private void failed(Preparation ours, int code, String reason) {
        preparation = Optional.empty();
        script.notify(true, code, "redirect " + ours.modification + " failed, the call goes on: " + reason, "");
        ours.leader.ifPresent(
                leader -> leader.post(new FollowerPrepared(ours.modification, Prepared.FAILED, code, reason)));
        ours.follower.ifPresent(follower -> follower.post(new CallEvent.MoveOff(ours.modification)));
        ours.command.ifPresent(command -> tell(command, State.FAILED, code, reason, timings(ours)));
    }

    private void switchWhenAllReady(Preparation ours) throws Interruption {
        if (ours.ready.isEmpty() || (ours.follower.isPresent() && !ours.followerReady)) {
            return;
        }
        Documents.Read.Ready ready = ours.ready.get();
        preparation = Optional.empty();
        ours.follower = ours.follower.filter(follower -> follower.post(new CallEvent.MoveNow(ours.modification)));
        switching = Optional.of(ours);
        throw new Interruption(new Next.Run(ready.document(), ready.baseUrl()));
    }

    /** The loop begins a document: if it is a redirect's, the redirect has taken effect. */
    void switched() {
        if (switching.isEmpty()) {
            return;
        }
        Preparation done = switching.get();
        switching = Optional.empty();
        newest = Optional.of(done.modification);
        script.documents.fallback(done.fallbackLeft);
        done.leader.ifPresent(leader -> leader.post(new CallEvent.FollowerMoved(done.modification)));
        done.command.ifPresent(command -> {
            if (done.follower.isPresent()) {
                moving.put(done.modification, command);
            } else {
                applied(command, timings(done));
            }
        });
    }

    /** Ends a preparation that must not be completed. */
    private void drop(State state, String why) {
        preparation.ifPresent(old -> {
            preparation = Optional.empty();
            old.leader.ifPresent(leader -> leader.post(new FollowerPrepared(old.modification, Prepared.GONE, 0, why)));
            old.follower.ifPresent(follower -> follower.post(new CallEvent.MoveOff(old.modification)));
            old.command.ifPresent(command -> tell(command, state, CONFLICT_CODE, why, Map.of()));
        });
    }

    // ---- moving both legs

    void moveAlong(CallEvent.MoveAlong move) throws Interruption {
        boolean older = preparation
                .map(ours -> ours.modification)
                .or(() -> newest)
                .filter(ours -> ours.compareTo(move.modification()) > 0)
                .isPresent();
        if (older) {
            // Two moves that cross, one from either leg: the later one wins on both. It may even run here already.
            move.leader()
                    .post(new FollowerPrepared(move.modification(), Prepared.GONE, 0, "a later redirect was accepted"));
            return;
        }
        drop(State.SUPERSEDED, "a later move of both legs was accepted");
        var fresh = Preparation.following(move.modification(), move.document(), move.leader());
        preparation = Optional.of(fresh);
        prepare(fresh);
    }

    void followerPrepared(FollowerPrepared told) throws Interruption {
        if (told.prepared() == Prepared.GONE) {
            Optional.ofNullable(moving.remove(told.modification())).ifPresent(command -> applied(command, Map.of()));
        }
        Optional<Preparation> concerned =
                preparation.filter(ours -> ours.modification.equals(told.modification()) && ours.follower.isPresent());
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
                switchWhenAllReady(ours);
            }
            case FAILED -> {
                ours.follower = Optional.empty();
                failed(ours, told.code(), "the connected leg: " + told.reason());
            }
        }
    }

    void moveNow(Sid modification) throws Interruption {
        Optional<Preparation> concerned = preparation.filter(ours -> ours.modification.equals(modification));
        if (concerned.isPresent()) {
            concerned.get().mayGo = true;
            switchWhenAllReady(concerned.get());
        }
    }

    void moveOff(Sid modification) {
        preparation = preparation.filter(ours -> !ours.modification.equals(modification));
    }

    void followerMoved(Sid modification) {
        Optional.ofNullable(moving.remove(modification)).ifPresent(command -> applied(command, Map.of()));
    }

    // ---- mute

    /** A Conference's muted attribute, while the call is in it. */
    void muteByAttribute(boolean muted) {
        mutedByAttribute = muted;
        applyMute();
    }

    boolean muted() {
        return mutedByRequest || mutedByAttribute;
    }

    /** Recomputed from its reasons at each change, never overwritten. */
    private void publishMute() {
        script.progress.muted(muted());
        script.conference().ifPresent(conference -> conference.muted(call.sid(), muted()));
    }

    void applyMuteToNewLeg() {
        if (muted()) {
            applyMute();
        }
    }

    private void applyMute() {
        if (script.hasLeg()) {
            script.media().mute(muted(), script.nextId());
        }
        publishMute();
    }

    /** True: the answer waits until the media loop has it in force. */
    private boolean applyMute(CallCommand.Modify command, boolean answersCommand) {
        publishMute();
        if (!script.hasLeg()) {
            return false;
        }
        long request = script.nextId();
        if (answersCommand) {
            muting.put(request, command);
        }
        script.media().mute(muted(), request);
        return true;
    }

    void muteApplied(long request) {
        Optional.ofNullable(muting.remove(request)).ifPresent(command -> applied(command, Map.of()));
    }

    // ---- the end

    /** The call has ended and its record is final: everyone who still waits is told. */
    void ended(List<CallMessage> leftInMailbox) {
        ending.forEach(command -> applied(command, Map.of()));
        muting.values().forEach(command -> applied(command, Map.of()));
        moving.values().forEach(command -> applied(command, Map.of()));
        switching.ifPresent(switched -> switched.leader.ifPresent(leader ->
                leader.post(new FollowerPrepared(switched.modification, Prepared.GONE, 0, "the leg has ended"))));
        if (ending.isEmpty()) {
            // reference/reliability.md 3.1, 8: the other leg carries on alone. An end by the API drops the move
            // (CONTRACT section 2).
            preparation.ifPresent(ours -> {
                ours.follower.ifPresent(follower -> follower.post(new CallEvent.MoveNow(ours.modification)));
                ours.follower = Optional.empty();
            });
        }
        drop(State.ENDED, "the call has ended");
        for (CallMessage left : leftInMailbox) {
            switch (left) {
                case CallCommand.Modify command ->
                    open.put(command.modification().sid(), command);
                case CallEvent.MoveAlong move ->
                    move.leader()
                            .post(new FollowerPrepared(move.modification(), Prepared.GONE, 0, "the leg has ended"));
                case CallMessage other -> {}
            }
        }
        List.copyOf(open.values())
                .forEach(command -> tell(command, State.ENDED, CONFLICT_CODE, "the call has ended", Map.of()));
    }

    private void applied(CallCommand.Modify command, Map<String, Duration> timings) {
        tell(command, State.APPLIED, 0, "", timings);
    }

    private Map<String, Duration> timings(Preparation done) {
        return done.ready.isEmpty() || done.command.isEmpty()
                ? Map.of()
                : Map.of(
                        "fetched",
                        Duration.ofNanos(done.fetchedAt - done.command.get().acceptedAt()));
    }

    private void tell(CallCommand.Modify command, State state, int code, String reason, Map<String, Duration> timings) {
        Sid sid = command.modification().sid();
        if (state.last() && open.remove(sid) == null) {
            // Told already. What is told twice would be a fault of ours, and no reason to tell it twice.
            call.journal().did(sid + " would be " + state + " as well");
            return;
        }
        var all = new LinkedHashMap<>(timings);
        all.put(
                state == State.APPLIED ? "applied" : "told",
                Duration.ofNanos(script.time.nanos() - command.acceptedAt()));
        call.journal().did(sid + " is " + state + (reason.isEmpty() ? "" : ": " + reason));
        try {
            command.modification()
                    .told()
                    .accept(new ModificationStatus(sid, state, code, reason, all, call.snapshot()));
        } catch (RuntimeException bug) {
            // Whoever listens is no part of the call: it goes on, and the others are told.
            LOG.error("the status of {} could not be told", sid, bug);
        }
    }
}
