package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.EndReason;
import teleapi.call.Leader;
import teleapi.call.NewDocument;
import teleapi.call.Redirect.Mode;
import teleapi.call.Sid;

/**
 * A redirect whose document is being fetched while the old one goes on.
 *
 * <p>It may have a leader, who says when to switch: the call that leads a move of both legs, or a request that changes several calls. And it
 * may have a follower, the connected leg, which it leads itself. All fetch; followers report, the leader decides, tells its followers first
 * and then switches. A leader that ends tells its follower to go alone.
 *
 * <pre>
 * Thread  the call's
 * Source  ADR-0009, ADR-0010
 * </pre>
 */
final class Preparation {
    final Sid modification;
    /** The higher, the later it was accepted: {@link CallCommand.Modify#number}. */
    final long number;

    final NewDocument document;
    final Mode mode;
    final Optional<CallCommand.Modify> command;
    final Optional<Leader> leader;
    Optional<Call> follower = Optional.empty();
    /** Hung up in the moment of the switch. */
    Optional<Call> dropped = Optional.empty();

    boolean followerReady;
    boolean reported;
    boolean mayGo;
    Optional<NewDocument.Fetch> fallbackLeft;
    long fetch;
    Optional<Next> ready = Optional.empty();
    long fetchedAt;
    long parsedAt;

    private Preparation(
            Sid modification,
            long number,
            NewDocument document,
            Mode mode,
            Optional<CallCommand.Modify> command,
            Optional<Leader> leader) {
        this.modification = modification;
        this.number = number;
        this.document = document;
        this.mode = mode;
        this.command = command;
        this.leader = leader;
        this.fallbackLeft = document.fallback();
    }

    static Preparation asked(CallCommand.Modify command, long number, NewDocument document, Mode mode) {
        return new Preparation(
                command.modification().sid(), number, document, mode, Optional.of(command), command.leader());
    }

    static Preparation following(CallEvent.MoveAlong move) {
        return new Preparation(
                move.modification(),
                move.number(),
                move.document(),
                move.mode(),
                Optional.empty(),
                Optional.of(move.leader()));
    }

    boolean everyoneReady() {
        return ready.isPresent() && (follower.isEmpty() || followerReady);
    }

    /** The application learns which modification its document is for. */
    Map<String, String> named() {
        var named = new LinkedHashMap<>(document instanceof NewDocument.AtUrl at ? at.parameters() : Map.of());
        named.put("ModificationSid", modification.text());
        return named;
    }

    /** How long it took until each step, since it was accepted; empty for a follower. */
    Map<String, Duration> timings(long now) {
        var timings = new LinkedHashMap<String, Duration>();
        command.ifPresent(asked -> {
            if (fetchedAt != 0) {
                timings.put("fetched", Duration.ofNanos(fetchedAt - asked.acceptedAt()));
            }
            if (parsedAt != 0) {
                timings.put("parsed", Duration.ofNanos(parsedAt - asked.acceptedAt()));
                timings.put("switched", Duration.ofNanos(now - asked.acceptedAt()));
            }
        });
        return timings;
    }

    /** Tells the follower, if there is one, to switch; false when this is a bridge and nobody is left at its other end. */
    boolean tellFollower() {
        follower = follower.filter(leg -> leg.post(new CallEvent.MoveNow(modification)));
        return follower.isPresent() || command.isEmpty() || !(document instanceof NewDocument.Bridge);
    }

    /** A follower will not come. Its leader may have switched already, and must not wait for it in a bridge for ever. */
    void withdraw(String why) {
        if (command.isPresent()) {
            return;
        }
        report(FollowerPrepared.Prepared.GONE, 0, why);
        if (document instanceof NewDocument.Bridge bridge) {
            bridge.other().post(new CallEvent.BridgeLeft(bridge.sid(), EndReason.PEER_LEFT));
        }
    }

    /** Tells the leader, if there is one, how it stands here. */
    void report(FollowerPrepared.Prepared prepared, int code, String reason) {
        leader.ifPresent(there -> there.post(new FollowerPrepared(modification, prepared, code, reason)));
    }

    /** Tells the call that leads, if one does, that this one has moved. */
    void reportMoved() {
        if (command.isEmpty()) {
            leader.ifPresent(there -> there.post(new CallEvent.FollowerMoved(modification)));
        }
    }
}
