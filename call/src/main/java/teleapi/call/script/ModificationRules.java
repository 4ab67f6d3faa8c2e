package teleapi.call.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.Controls;
import teleapi.call.Direction;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Participation;
import teleapi.call.Plan;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;
import teleapi.call.Sid;
import teleapi.media.MediaSession;

/**
 * What the state of a call forbids, and what a modification would do in it: the table of docs/api/live-call-modification.md.
 *
 * <pre>
 * Thread  the call's; asks the call at this moment and changes nothing
 * Source  ARCHITECTURE "Live modification against states"; ADR-0010
 * </pre>
 */
final class ModificationRules {
    private final Script script;
    private final Call call;
    private final boolean inProgress;

    ModificationRules(Script script) {
        this.script = script;
        this.call = script.call;
        this.inProgress = call.snapshot().status() == CallStatus.IN_PROGRESS;
    }

    /** Why it cannot be done now; empty when it can. */
    Optional<String> forbidden(Modification asked) {
        return asked.redirect()
                .flatMap(this::forbidden)
                .or(() -> forbidden(asked.controls()))
                .or(() -> asked.controls().over().isEmpty()
                        ? Optional.empty()
                        : tooManySounds(
                                asked.controls(),
                                script.modifications().answers().sounds(asked.sid())));
    }

    /** A party is played only so many sounds at once over what it hears; those count that {@code coming} are to begin. */
    Optional<String> tooManySounds(Controls asked, List<Modification> coming) {
        return asked.over().flatMap(over -> {
            if (over.legs() != Controls.Legs.OTHER && full(call, Controls.Legs.OTHER, asked, coming)) {
                return Optional.of(
                        MediaSession.MOST_MIXED + " sounds are played over the call already, or about to be");
            }
            return over.legs() != Controls.Legs.SELF
                            && script.connected()
                                    .filter(other -> full(other, Controls.Legs.SELF, asked, coming))
                                    .isPresent()
                    ? Optional.of(
                            MediaSession.MOST_MIXED + " sounds are played over the other leg already, or about to be")
                    : Optional.empty();
        });
    }

    /** Whether nothing more can be played over this leg; what is to come for {@code elsewhere} alone does not count, nor what is stopped first. */
    private static boolean full(Call leg, Controls.Legs elsewhere, Controls asked, List<Modification> coming) {
        Set<Sid> sounds = new HashSet<>(leg.controls().sounds());
        coming.stream()
                .filter(one -> one.controls().over().orElseThrow().legs() != elsewhere)
                .forEach(one -> sounds.add(one.sid()));
        asked.stop().ifPresent(stop -> sounds.removeIf(stop::stops));
        return sounds.size() >= MediaSession.MOST_MIXED;
    }

    private Optional<String> forbidden(Redirect redirect) {
        if (call.origin() instanceof Origin.Dialled && !inProgress) {
            return Optional.of("a ringing leg of a Dial cannot be redirected");
        }
        if (redirect.mode() == Redirect.Mode.OVERLAY && !inProgress) {
            return Optional.of("a document can run over a call only after it has been answered");
        }
        boolean needsOther = switch (redirect.connected()) {
            case Connected.Run run -> run.required();
            case Connected.Hold hold -> true;
            case Connected.Usual usual -> false;
            case Connected.HangUp hangUp -> false;
            case Connected.GoOn goOn -> false;
        };
        if (needsOther && script.connected().isEmpty()) {
            return Optional.of("no leg is connected to this one");
        }
        return redirect.document() instanceof NewDocument.Bridge bridge ? forbidden(bridge) : Optional.empty();
    }

    private Optional<String> forbidden(NewDocument.Bridge bridge) {
        if (bridge.other() == call) {
            return Optional.of("a call cannot be connected to itself");
        }
        return inProgress && bridge.other().snapshot().status() == CallStatus.IN_PROGRESS
                ? Optional.empty()
                : Optional.of("only calls that have been answered can be connected");
    }

    private Optional<String> forbidden(Participation wanted) {
        if (!script.controls.participates(wanted)) {
            return Optional.of("the call is not in the conference");
        }
        return wanted.coaching().flatMap(whom -> switch (whom) {
            case Participation.Coaching.Nobody nobody -> Optional.empty();
            case Participation.Coaching.Of(Sid coached) ->
                script.conference().orElseThrow().participants().stream()
                                .anyMatch(there -> there.connected()
                                        && there.callSid().equals(coached)
                                        && !coached.equals(call.sid()))
                        ? Optional.empty()
                        : Optional.of("CallSidToCoach is no other participant of the conference");
        });
    }

    private Optional<String> forbidden(Controls controls) {
        Optional<String> notThere = controls.participation().flatMap(this::forbidden);
        if (notThere.isPresent()) {
            return notThere;
        }
        boolean needsAnswer = controls.over().isPresent() || controls.digits().isPresent();
        if (needsAnswer && !inProgress) {
            return Optional.of("the call has not been answered");
        }
        Optional<String> recording =
                controls.recording().flatMap(wanted -> script.recordings.forbidden(wanted, inProgress));
        if (recording.isPresent()) {
            return recording;
        }
        Optional<String> streaming =
                controls.streaming().flatMap(wanted -> script.streams.forbidden(wanted, inProgress));
        if (streaming.isPresent()) {
            return streaming;
        }
        return nobodyToHear(controls);
    }

    /** A sound for the other leg needs one. */
    Optional<String> nobodyToHear(Controls controls) {
        boolean needsOther = controls.over()
                .filter(over -> over.legs() != Controls.Legs.SELF)
                .isPresent();
        return needsOther && script.connected().isEmpty()
                ? Optional.of("no leg is connected to this one")
                : Optional.empty();
    }

    /** What would come of it. */
    Plan plan(Modification asked) {
        var legs = new ArrayList<Sid>();
        var ends = new ArrayList<String>();
        var requests = new ArrayList<String>();
        var remarks = new ArrayList<String>();
        legs.add(call.sid());
        asked.redirect().ifPresent(redirect -> {
            request(redirect.document(), requests);
            redirect.connectedDocument().ifPresent(document -> request(document, requests));
            Optional<Call> joined = joined(redirect);
            if (redirect.mode() == Redirect.Mode.REPLACE) {
                boolean alone = goesOnAlone(redirect.connected());
                boolean led = redirect.connected() instanceof Connected.Run
                        || redirect.connected() instanceof Connected.Hold
                        || (joined.isPresent() && joined.equals(script.connected()));
                endsBridge(alone || led, legs, ends, requests);
                if (alone && !led) {
                    script.connected().ifPresent(other -> remarks.add(goesOn(other)));
                }
                script.runs().ifPresent(verb -> ends.add(verb));
                script.conference()
                        .ifPresent(conference -> ends.add(
                                "stay in conference " + conference.record().sid()));
            } else {
                script.connected()
                        .filter(other -> redirect.connected() instanceof Connected.Run)
                        .ifPresent(other -> legs.add(other.sid()));
                remarks.add("what runs goes on after the document");
            }
            joined.filter(other -> !legs.contains(other.sid())).ifPresent(other -> {
                legs.add(other.sid());
                other.owed().ifPresent(requests::add);
                remarks.add("what runs on " + other.sid() + " ends, too");
            });
        });
        asked.controls()
                .participation()
                .flatMap(wanted -> wanted.moveTo())
                .flatMap(room -> script.conference())
                .ifPresent(conference ->
                        ends.add("stay in conference " + conference.record().sid()));
        asked.ending().ifPresent(ending -> {
            if (ending == Ending.COMPLETED || !inProgress) {
                ends.add("call " + call.sid());
                endsBridge(script.otherGoesOn(), legs, ends, requests);
                script.connected().filter(other -> script.otherGoesOn()).ifPresent(other -> remarks.add(goesOn(other)));
            } else {
                remarks.add("canceled has no effect on a call in progress");
            }
        });
        return new Plan(legs, ends, requests, remarks);
    }

    /** What is bridged to this call, or rung for it, and what both owe. */
    private void endsBridge(boolean otherGoesOn, List<Sid> legs, List<String> ends, List<String> requests) {
        script.switchboard.live(call.account().sid()).stream()
                .filter(leg -> leg.direction() == Direction.OUTBOUND_DIAL
                        && leg.parentSid().equals(Optional.of(call.sid()))
                        && (leg.status() == CallStatus.QUEUED || leg.status() == CallStatus.RINGING))
                .forEach(leg -> {
                    legs.add(leg.sid());
                    ends.add("call " + leg.sid());
                });
        script.connected().ifPresent(other -> {
            legs.add(other.sid());
            if (!otherGoesOn) {
                ends.add("call " + other.sid());
            }
            ends.add("bridge of " + call.sid() + " and " + other.sid());
            other.owed().ifPresent(requests::add);
        });
        call.owed().ifPresent(requests::add);
    }

    private boolean goesOnAlone(Connected fate) {
        return fate instanceof Connected.GoOn || (fate instanceof Connected.Usual && script.otherGoesOn());
    }

    private static String goesOn(Call other) {
        return other.sid() + " goes on with its own document";
    }

    private static Optional<Call> joined(Redirect redirect) {
        return redirect.document() instanceof NewDocument.Bridge bridge
                ? Optional.of(bridge.other())
                : Optional.empty();
    }

    private static void request(NewDocument document, List<String> requests) {
        if (document instanceof NewDocument.AtUrl at) {
            requests.add(at.fetch().method() + " " + at.fetch().url());
        }
    }
}
