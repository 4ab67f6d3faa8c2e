package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.Controls;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.bridge.ExpectedCall;
import teleapi.call.webhook.LoadedSound;
import teleapi.media.Sound;

/**
 * What live controls need before they can be done: a sound, a place in a room. Got beside the running verb, so that nothing happens if it is
 * not to be had.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 2 "all parameters are checked before anything happens"; ADR-0010, ADR-0015
 * </pre>
 */
final class Provisions {
    /**
     * What was got.
     *
     * @param request whatever was asked for by a lower number was asked for before; above all numbers if nothing was needed
     */
    record Provision(long request, Optional<Sound> sound, Optional<Conference> place) {
        static final Provision NONE = new Provision(Long.MAX_VALUE, Optional.empty(), Optional.empty());
    }

    /** What came of it. */
    sealed interface Outcome {
        record Ready(CallCommand.Modify command, Provision provision) implements Outcome {}

        record Missing(CallCommand.Modify command, State state, int code, String reason) implements Outcome {}
    }

    private static final int FULL = 29441;

    private final Script script;
    private final Call call;
    /** Whose sound is being loaded, or place asked for, by the number of the request. */
    private final Map<Long, CallCommand.Modify> waiting = new LinkedHashMap<>();

    Provisions(Script script) {
        this.script = script;
        this.call = script.call;
    }

    static boolean needed(Controls asked) {
        return asked.over().isPresent()
                || asked.participation().flatMap(wanted -> wanted.moveTo()).isPresent();
    }

    void get(CallCommand.Modify command) {
        Controls asked = command.modification().controls();
        asked.over()
                .ifPresentOrElse(
                        over -> load(command, over.source()),
                        () -> askForPlace(
                                command,
                                asked.participation()
                                        .flatMap(wanted -> wanted.moveTo())
                                        .orElseThrow()));
    }

    private void load(CallCommand.Modify command, Controls.Source source) {
        long load = script.nextId();
        waiting.put(load, command);
        script.prompts.load(load, () -> switch (source) {
            case Controls.Source.Url url -> script.equipment.sounds().load(url.url());
            case Controls.Source.Text text ->
                script.equipment.sounds().speak(text.text(), text.language(), text.voice());
            case Controls.Source.Announcement announcement -> script.prompts.heardAt(announcement.from());
        });
    }

    private void askForPlace(CallCommand.Modify command, String room) {
        long request = script.nextId();
        waiting.put(request, command);
        teleapi.rcml.Conference terms = script.stay().orElseThrow().terms();
        boolean asked = false;
        while (!asked) {
            Conference conference =
                    script.switchboard.rooms().conference(call.account().sid(), room);
            asked = conference.expect(
                    new ExpectedCall(call.sid(), terms, false, Optional.empty()), terms.maxParticipants(), answer -> {
                        if (!call.post(new CallEvent.PlaceKept(request, conference, answer))) {
                            conference.giveUp(call.sid());
                        }
                    });
        }
    }

    /** What has come; empty: it is another's. */
    Optional<Outcome> of(CallEvent.SoundLoaded loaded) {
        return Optional.ofNullable(waiting.remove(loaded.load())).map(command -> switch (loaded.sound()) {
            case LoadedSound.Ready ready ->
                new Outcome.Ready(command, new Provision(loaded.load(), Optional.of(ready.sound()), Optional.empty()));
            case LoadedSound.Unplayable unplayable ->
                new Outcome.Missing(command, State.FAILED, unplayable.code(), unplayable.reason());
        });
    }

    /** What has come; empty when nobody wants it any more. */
    Optional<Outcome> of(CallEvent.PlaceKept kept) {
        CallCommand.Modify command = waiting.remove(kept.request());
        if (command == null) {
            kept.conference().giveUp(call.sid());
            return Optional.empty();
        }
        return switch (kept.answer()) {
            case Expected.Kept place ->
                Optional.of(new Outcome.Ready(
                        command, new Provision(kept.request(), Optional.empty(), Optional.of(kept.conference()))));
            case Expected.Full full ->
                Optional.of(new Outcome.Missing(command, State.CONFLICT, FULL, "the conference is full"));
            case Expected.Over over -> askAgain(command);
        };
    }

    /** The room was over before it kept a place: the next one of this name, unless the call has left its own meanwhile. */
    private Optional<Outcome> askAgain(CallCommand.Modify command) {
        Participation wanted = command.modification().controls().participation().orElseThrow();
        if (!script.controls.participates(wanted)) {
            return Optional.of(new Outcome.Missing(
                    command, State.CONFLICT, LiveControls.NOT_NOW, "the call is not in the conference any more"));
        }
        get(command);
        return Optional.empty();
    }

    /** Those whose sound is still being loaded and that a later one stops; they get it no more. */
    List<CallCommand.Modify> stopped(Controls.Stop wanted, long before) {
        List<CallCommand.Modify> concerned = waiting.entrySet().stream()
                .filter(waits -> waits.getKey() < before)
                .map(Map.Entry::getValue)
                .filter(command -> command.modification().controls().over().isPresent())
                .filter(command -> wanted.stops(command.modification().sid()))
                .toList();
        waiting.values().removeAll(concerned);
        return concerned;
    }

    /** Nobody wants it any more. */
    void drop(Sid modification) {
        waiting.values().removeIf(command -> command.modification().sid().equals(modification));
    }

    void giveBack(Provision provision) {
        provision.place().ifPresent(conference -> conference.giveUp(call.sid()));
    }
}
