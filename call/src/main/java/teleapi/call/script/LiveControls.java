package teleapi.call.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.script.Provisions.Provision;
import teleapi.call.webhook.LoadedSound;
import teleapi.media.Layer;
import teleapi.media.Sound;
import teleapi.rcml.Finding;
import teleapi.rcml.HttpMethod;

/**
 * The live controls of one leg: what is asked for stays in force over redirects, and what is effective is recomputed from its reasons at each
 * change, never overwritten.
 *
 * <p>Muted is a party by request or by a Conference's attribute. Its sound is kept from the others while it is muted, on hold, or away in an
 * overlay. All this happens inside the one wait and disturbs no verb.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 2 "Mute"; ARCHITECTURE invariant 7; ADR-0010
 * </pre>
 */
final class LiveControls {
    /** What waits until the media loop has all of it in force; {@code deed}: until then it has not been done, also when the call ends. */
    private record Pending(Sid handle, Set<Long> requests, boolean deed, Runnable inForce) {}

    static final int NOT_NOW = 29409;

    private static final Sound SILENCE = Sound.silence(java.time.Duration.ofSeconds(1));

    private final Script script;
    private final Call call;
    private final List<Pending> pending = new ArrayList<>();
    /** Sounds over the call, by what stops them. */
    private final Map<Sid, Long> over = new LinkedHashMap<>();

    private final Map<Long, String> announcements = new LinkedHashMap<>();

    private boolean kicked;
    private boolean mutedByRequest;
    private boolean mutedByAttribute;
    private boolean deaf;
    private boolean held;
    /** For how many reasons: a document over the call, a transfer whose target rings. */
    private int away;

    private OptionalLong holdMusic = OptionalLong.empty();
    private OptionalLong filler = OptionalLong.empty();
    private OptionalLong musicLoad = OptionalLong.empty();

    LiveControls(Script script) {
        this.script = script;
        this.call = script.call;
    }

    /** Whether the state forbids it by now, though it did not when it was asked; then it is told, and nothing is to be done. */
    boolean refuses(Controls asked, Sid handle, Provision provision) {
        Optional<String> forbidden = asked.recording()
                .flatMap(wanted -> script.recordings.forbidden(wanted, true))
                .or(() -> asked.streaming().flatMap(wanted -> script.streams.forbidden(wanted, true)))
                // The other leg may have gone, or begun one here, while this one was loaded.
                .or(() -> new ModificationRules(script).nobodyToHear(asked))
                .or(() -> new ModificationRules(script).tooManySounds(asked, List.of()))
                .or(() -> asked.participation()
                        .filter(wanted -> !participates(wanted))
                        .map(gone -> "the call is not in the conference any more"));
        forbidden.ifPresent(why -> {
            provision.place().ifPresent(conference -> conference.giveUp(call.sid()));
            script.modifications().answers().refused(handle, NOT_NOW, why);
        });
        return forbidden.isPresent();
    }

    /**
     * Does what is asked; {@code inForce} runs when the media loop has done it.
     *
     * @param provision what it needs: the sound over the call, the place in the next room
     */
    void apply(Controls asked, Sid handle, Provision provision, Runnable inForce) {
        var requests = new HashSet<Long>();
        asked.muted().ifPresent(muted -> {
            mutedByRequest = muted;
            // CONTRACT section 2: false also lifts a Conference's attribute for this party.
            mutedByAttribute &= muted;
        });
        asked.deaf().ifPresent(wanted -> {
            deaf = wanted;
            deafen(requests);
        });
        asked.hold().ifPresent(this::hold);
        if (asked.muted().isPresent() || asked.hold().isPresent()) {
            silence(requests);
        }
        asked.timeLimit().ifPresent(limit -> script.limits.ofCall(script.time.after(limit)));
        asked.digits().ifPresent(digits -> {
            long request = script.nextId();
            script.media().sendDigits(request, digits);
            requests.add(request);
        });
        asked.stop().ifPresent(wanted -> stop(wanted, provision.request()));
        if (asked.over().isPresent() && provision.sound().isPresent()) {
            begin(asked.over().get(), handle, provision.sound().get());
        }
        asked.recording().ifPresent(wanted -> {
            script.recordings.change(wanted, requests);
            // Confirmed after it by the media loop, which does one after the other.
            silence(requests);
        });
        asked.streaming().ifPresent(script.streams::change);
        publish();
        asked.participation().ifPresent(wanted -> {
            script.stay().orElseThrow().change(wanted, provision.place(), requests);
            if (wanted.coaching().isPresent()) {
                // Confirmed after it by the media loop, which does one after the other.
                silence(requests);
            }
        });
        if (requests.isEmpty()) {
            inForce.run();
        } else {
            boolean deed = asked.digits().isPresent()
                    || asked.participation().flatMap(wanted -> wanted.moveTo()).isPresent();
            pending.add(new Pending(handle, requests, deed, inForce));
        }
    }

    /** Whether the call is in the conference that is meant. */
    boolean participates(Participation wanted) {
        return script.stay()
                .flatMap(ConferenceExecution::conference)
                .filter(here -> wanted.conference().isEmpty()
                        || wanted.conference().get().equals(here.record().sid()))
                .isPresent();
    }

    /** Whether the API takes it out of its conference. */
    boolean kicked() {
        return kicked;
    }

    void kick() {
        kicked = true;
    }

    /** A move has arrived: done when the media loop has it in force. */
    void settle(long request) {
        script.media().mute(muted() || held || away > 0, request);
    }

    /** A move came to nothing. */
    void refused(long request, int code, String reason) {
        for (Pending waiting : List.copyOf(pending)) {
            if (waiting.requests().contains(request)) {
                pending.remove(waiting);
                script.modifications().answers().refused(waiting.handle(), code, reason);
            }
        }
    }

    /** A Conference's muted attribute, while the call is in it. */
    void muteByAttribute(boolean muted) {
        mutedByAttribute = muted;
        silence(new HashSet<>());
        publish();
    }

    boolean muted() {
        return mutedByRequest || mutedByAttribute;
    }

    ControlState state() {
        return new ControlState(
                muted(), deaf, held, script.recordings.current(), script.streams.terms(), List.copyOf(over.keySet()));
    }

    /** While a document runs over the call, or the target of a transfer rings, the others do not hear this party, nor it them. */
    void away(boolean gone) {
        away += gone ? 1 : -1;
        if (gone && away == 1) {
            filler = OptionalLong.of(script.nextId());
            script.media().play(Layer.AWAY, filler.getAsLong(), SILENCE, 0);
        } else if (away == 0) {
            filler.ifPresent(script.media()::stopPlayback);
        }
        silence(new HashSet<>());
    }

    /** There is a leg now: what was asked for before holds for it. */
    void applyToNewLeg() {
        if (muted() || held) {
            silence(new HashSet<>());
        }
        if (deaf) {
            deafen(new HashSet<>());
        }
        if (held) {
            playHoldMusic(Sound.music());
        }
    }

    // ---- what came of it

    /** Whether a media event or a loaded sound is the answer to something here; then it is taken. */
    boolean takes(CallEvent event) {
        return switch (event) {
            case CallEvent.MediaHappened happened -> takes(happened);
            case CallEvent.SoundLoaded(long load, LoadedSound sound)
            when musicLoad.isPresent() && musicLoad.getAsLong() == load -> {
                musicLoad = OptionalLong.empty();
                holdMusicLoaded(sound);
                yield true;
            }
            case CallEvent.FindingsMade(String url, List<Finding> findings) -> {
                script.verbs.findings(findings, url);
                yield true;
            }
            case CallEvent.ParticipantChanged changed -> {
                if (changed.done()) {
                    inForce(changed.request());
                } else {
                    refused(changed.request(), NOT_NOW, "the conference is over");
                }
                yield true;
            }
            case CallEvent.HearOver hear -> {
                start(hear.handle(), hear.sound(), hear.loops());
                yield true;
            }
            case CallEvent.HearNoMore more -> {
                silenceOver(more.handle());
                yield true;
            }
            default -> false;
        };
    }

    private boolean takes(CallEvent.MediaHappened happened) {
        return switch (happened.event()) {
            case teleapi.media.MediaEvent.Applied(long request) -> {
                inForce(request);
                yield true;
            }
            case teleapi.media.MediaEvent.DigitsSent(long request) -> inForce(request);
            case teleapi.media.MediaEvent.PlaybackFinished(long playback) -> finished(playback);
            case teleapi.media.MediaEvent.RecordingStopped stopped -> {
                boolean ofCall = script.recordings.ended(stopped.recording());
                inForce(stopped.recording());
                yield ofCall;
            }
            case teleapi.media.MediaEvent.SpeechStarted started -> speaks(true);
            case teleapi.media.MediaEvent.SpeechStopped stopped -> speaks(false);
            default -> false;
        };
    }

    /** Only a conference wants to know it. */
    private boolean speaks(boolean begins) {
        script.conference().ifPresent(conference -> conference.speaks(call.sid(), begins));
        return true;
    }

    private boolean finished(long playback) {
        Optional.ofNullable(announcements.remove(playback))
                .ifPresent(url -> script.conference().ifPresent(conference -> conference.announced(call.sid(), url)));
        boolean ours = over.values().remove(playback);
        if (ours) {
            call.publish(state());
        }
        return ours;
    }

    private boolean inForce(long request) {
        boolean found = false;
        for (Pending waiting : List.copyOf(pending)) {
            if (waiting.requests().remove(request)) {
                found = true;
                if (waiting.requests().isEmpty()) {
                    pending.remove(waiting);
                    waiting.inForce().run();
                }
            }
        }
        return found;
    }

    /** The call has ended: no state can be otherwise than it was asked for, but digits that are not out will not be. */
    void ended(List<CallMessage> leftInMailbox) {
        for (CallMessage left : leftInMailbox) {
            if (left instanceof CallEvent.MediaHappened(teleapi.media.MediaEvent.DigitsSent(long request))) {
                inForce(request);
            }
        }
        List.copyOf(pending).stream()
                .filter(waiting -> !waiting.deed())
                .forEach(waiting -> waiting.inForce().run());
        pending.clear();
    }

    // ---- how

    private void hold(Controls.Hold wanted) {
        held = wanted.on();
        musicLoad = OptionalLong.empty();
        if (!script.hasLeg()) {
            return;
        }
        if (held) {
            playHoldMusic(Sound.music());
            wanted.music().ifPresent(url -> {
                long load = script.nextId();
                musicLoad = OptionalLong.of(load);
                script.prompts.load(load, () -> script.prompts.heardAt(new NewDocument.Fetch(url, HttpMethod.GET)));
            });
        } else {
            holdMusic.ifPresent(script.media()::stopPlayback);
            holdMusic = OptionalLong.empty();
        }
    }

    private void playHoldMusic(Sound wanted) {
        // A sound without a sample would be over at once, and the other party heard again.
        Sound music = wanted.length() == 0 ? SILENCE : wanted;
        holdMusic = OptionalLong.of(script.nextId());
        script.media().play(Layer.HOLD, holdMusic.getAsLong(), music, 0);
    }

    private void holdMusicLoaded(LoadedSound sound) {
        switch (sound) {
            case LoadedSound.Ready ready when held -> playHoldMusic(ready.sound());
            case LoadedSound.Ready late -> {}
            case LoadedSound.Unplayable unplayable -> script.notify(true, unplayable.code(), unplayable.reason(), "");
        }
    }

    private void silence(Set<Long> requests) {
        if (script.hasLeg()) {
            long request = script.nextId();
            script.media().mute(muted() || held || away > 0, request);
            requests.add(request);
        }
    }

    private void deafen(Set<Long> requests) {
        if (script.hasLeg()) {
            long request = script.nextId();
            script.media().deaf(deaf, request);
            requests.add(request);
        }
    }

    private void begin(Controls.Over wanted, Sid handle, Sound sound) {
        if (wanted.legs() != Controls.Legs.OTHER) {
            long playback = start(handle, sound, wanted.loops());
            if (wanted.source() instanceof Controls.Source.Announcement announcement) {
                announcements.put(playback, announcement.from().url());
            }
        }
        if (wanted.legs() != Controls.Legs.SELF) {
            script.connected().ifPresent(other -> other.post(new CallEvent.HearOver(handle, sound, wanted.loops())));
        }
    }

    private long start(Sid handle, Sound sound, int loops) {
        long playback = script.nextId();
        over.put(handle, playback);
        call.publish(state());
        script.media().mix(playback, sound, loops);
        return playback;
    }

    private void stop(Controls.Stop wanted, long before) {
        script.modifications().stopped(wanted, before);
        silenceOver(wanted.started());
        script.connected().ifPresent(other -> other.post(new CallEvent.HearNoMore(wanted.started())));
    }

    private void silenceOver(Optional<Sid> handle) {
        Set.copyOf(over.keySet()).stream()
                .filter(begun -> handle.isEmpty() || handle.get().equals(begun))
                .forEach(begun -> Optional.ofNullable(over.remove(begun)).ifPresent(playback -> {
                    announcements.remove(playback);
                    script.media().stopPlayback(playback);
                }));
        call.publish(state());
    }

    /** What is recorded, streamed, or played over the call has changed. */
    void recorded() {
        call.publish(state());
    }

    private void publish() {
        call.publish(state());
        script.progress.muted(muted());
        script.stay().ifPresent(stay -> stay.controlled(state()));
    }
}
