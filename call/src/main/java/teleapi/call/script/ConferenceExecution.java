package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import teleapi.call.CallEvent;
import teleapi.call.ControlState;
import teleapi.call.NewDocument;
import teleapi.call.Participation;
import teleapi.call.Sid;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.ConferenceCallback;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.Sound;
import teleapi.rcml.ConferenceRecording;
import teleapi.rcml.Dial;
import teleapi.rcml.RecordingCallback;
import teleapi.runtime.Deadline;

/**
 * One stay in conferences: asks to be let in, waits with music until it starts, hears and is heard until one of them leaves. A move leads from
 * one conference to the next and is no end: the next one has let it in before it leaves the first.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 3; reference/restcomm.md 5.3; ADR-0008, ADR-0015
 * </pre>
 */
final class ConferenceExecution {
    private static final String ANSWERED = "answered";
    private static final int FULL = 13230;

    private final Script script;
    private final Dial dial;
    private final String baseUrl;
    private final Waiting waiting;
    private final Optional<Recorder> recorder;
    /** The one that it must be, which is not opened anew when it is over. */
    private final Optional<Sid> only;

    private teleapi.rcml.Conference terms;
    /** In the verb's own time. */
    private Deadline until = Deadline.NEVER;

    private Optional<Conference> here = Optional.empty();
    private Optional<Sid> coaches;
    private String outcome = "failed";
    private boolean talks;
    /** Where it has asked to be let in, and the request that moves it there. */
    private Optional<Conference> asked = Optional.empty();

    private OptionalLong move = OptionalLong.empty();

    ConferenceExecution(Script script, Dial dial, teleapi.rcml.Conference terms, String baseUrl, Optional<Sid> only) {
        this.only = only;
        this.script = script;
        this.dial = dial;
        this.terms = terms;
        this.baseUrl = baseUrl;
        this.waiting = new Waiting(script);
        this.recorder = dial.recording().map(wanted -> Recorder.of(script, wanted, baseUrl));
        this.coaches = terms.coach().flatMap(coached -> Sid.parse(Sid.CALL, coached));
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        terms = terms.recorded(terms.recording().map(this::toldAt));
        script.stay(Optional.of(this));
        script.controls.muteByAttribute(terms.muted());
        if (dial.hangupOnStar()) {
            script.listenForTones(true);
        }
        recorder.ifPresent(Recorder::begin);
        Optional<String> action = dial.action().flatMap(url -> Urls.resolve(baseUrl, url));
        script.owedOnRedirect(action.map(url -> dial.method() + " " + url));
        boolean ended = false;
        script.transfers.decidedBy(dial.referUrl()
                .flatMap(url -> Urls.resolve(baseUrl, url))
                .map(url -> new NewDocument.Fetch(url, dial.referMethod())));
        try {
            Optional<CallEvent.ConferenceEntered> entered = enter();
            while (entered.isPresent()) {
                entered = stay(entered.get());
            }
            movesNoMore();
            if (recorder.isPresent()) {
                recorder.get().finish();
            }
        } catch (Interruption interruption) {
            if (!outcome.equals(ANSWERED)) {
                outcome = "canceled";
            }
            ended = !interruption.redirect();
            action.ifPresent(url -> requestActionOnly(url, interruption));
            throw interruption;
        } finally {
            script.owedOnRedirect(Optional.empty());
            script.transfers.decidedBy(Optional.empty());
            recorder.ifPresent(Recorder::stop);
            script.stay(Optional.empty());
            if (dial.hangupOnStar()) {
                script.listenForTones(false);
            }
            if (!ended) {
                movesNoMore();
                // A move is not an end: the call is in no conference now, and the room's attribute does not follow it.
                script.progress.conference(Optional.empty());
                script.controls.muteByAttribute(false);
            }
        }
        if (dial.action().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(script.documents.go(dial.action().get(), dial.method(), baseUrl, result(Map.of())));
    }

    /** CONTRACT section 2, as for any Dial: requested once, before the new document starts; its answer is ignored. */
    private void requestActionOnly(String url, Interruption interruption) {
        Map<String, String> parameters = result(interruption.told());
        script.clearing.oweAction(interruption, dial.method(), url, parameters);
    }

    private Map<String, String> result(Map<String, String> more) {
        var parameters = new LinkedHashMap<>(more);
        parameters.put("DialCallStatus", outcome);
        recorder.ifPresent(recording -> recording.describe(parameters));
        return parameters;
    }

    // ---- in

    private Optional<CallEvent.ConferenceEntered> enter() throws Interruption {
        try {
            if (!askFirst()) {
                return Optional.empty();
            }
            while (true) {
                switch (script.await(Deadline.NEVER, this::answers).orElseThrow()) {
                    case CallEvent.ConferenceEntered entered -> {
                        asked = Optional.empty();
                        return Optional.of(entered);
                    }
                    case CallEvent.ConferenceFull full -> {
                        asked = Optional.empty();
                        full();
                        return Optional.empty();
                    }
                    // One that ended before it let us in (we may have been the last to leave it) is none: the next
                    // one begins with us.
                    case CallEvent over -> {
                        asked = Optional.empty();
                        if (!askFirst()) {
                            return Optional.empty();
                        }
                    }
                }
            }
        } finally {
            notAsked();
        }
    }

    /** The action is told, or that is an error of the document. */
    private void full() throws Interruption {
        String why = "conference " + terms.name() + " is full: limit " + terms.maxParticipants();
        if (dial.action().isPresent()) {
            script.notify(false, FULL, why, baseUrl);
        } else {
            script.documents.cannotExecute(FULL, why, baseUrl);
        }
    }

    /** False: the one that it must be is over. */
    private boolean askFirst() {
        if (only.isEmpty()) {
            ask(room(terms.name()), coaches);
            return true;
        }
        asked = script.switchboard
                .rooms()
                .live(script.call.account().sid(), only.get())
                .filter(there -> there.enter(script.call, terms, script.controls.state(), coaches, callback()));
        return asked.isPresent();
    }

    private void ask(Conference first, Optional<Sid> coaching) {
        Conference conference = first;
        Optional<ConferenceCallback> callback = callback();
        while (!conference.enter(script.call, terms, script.controls.state(), coaching, callback)) {
            // It was over between the look-up and the entry: the next look-up opens a new one.
            conference = room(conference.record().friendlyName());
        }
        asked = Optional.of(conference);
    }

    private Conference room(String name) {
        return script.switchboard.rooms().conference(script.call.account().sid(), name);
    }

    private Optional<ConferenceCallback> callback() {
        Optional<String> url = terms.statusCallback().flatMap(callback -> Urls.resolve(baseUrl, callback));
        if (terms.statusCallback().isPresent() && url.isEmpty()) {
            script.notify(false, 11100, "statusCallback of conference " + terms.name() + " is no URL", baseUrl);
        }
        return url.map(there -> ConferenceCallback.of(there, terms));
    }

    private ConferenceRecording toldAt(ConferenceRecording recording) {
        RecordingCallback callback = recording.callback();
        Optional<String> url = callback.url().flatMap(there -> Urls.resolve(baseUrl, there));
        if (callback.url().isPresent() && url.isEmpty()) {
            script.notify(
                    false, 11100, "recordingStatusCallback of conference " + terms.name() + " is no URL", baseUrl);
        }
        return new ConferenceRecording(
                recording.wanted(),
                recording.trimmed(),
                new RecordingCallback(url, callback.method(), callback.events()));
    }

    /** It goes without having been let in. */
    private void notAsked() {
        asked.ifPresent(conference -> conference.leave(script.call.sid()));
        asked = Optional.empty();
    }

    /** Of a call that ends it is told that it has ended. */
    private void movesNoMore() {
        move.ifPresent(request ->
                script.controls.refused(request, 29410, "the call has left the conference, or goes to another"));
        move = OptionalLong.empty();
    }

    // ---- there

    /** One visit, to its end; where it leads, if it is a move. */
    private Optional<CallEvent.ConferenceEntered> stay(CallEvent.ConferenceEntered entered) throws Interruption {
        Conference conference = entered.conference();
        arrive(entered);
        Optional<CallEvent.ConferenceEntered> next = Optional.empty();
        boolean handsOn = false;
        try {
            next = live(conference, entered.started());
        } catch (Interruption interruption) {
            handsOn = interruption.hungUp() || script.transfers.handsOn();
            throw interruption;
        } finally {
            if (!handsOn) {
                script.transfers.leavesConference();
            }
            if (next.isEmpty() || coaches.isPresent()) {
                // Before it coaches nobody: what was said in confidence must not become public.
                script.media().leave();
                talks = false;
            }
            script.media().listenForSpeech(false);
            script.media().coach(Optional.empty());
            here = Optional.empty();
            script.conference(Optional.empty());
            conference.leave(script.call.sid(), script.controls.kicked());
            if (next.isEmpty()) {
                notAsked();
            }
        }
        coaches = Optional.empty();
        return next;
    }

    private void arrive(CallEvent.ConferenceEntered entered) {
        here = Optional.of(entered.conference());
        outcome = ANSWERED;
        waiting.over();
        script.conference(here);
        script.progress.conference(Optional.of(entered.sid()));
        entered.place().ifPresent(place -> {
            terms = place.terms();
            coaches = place.coaches();
            script.controls.muteByAttribute(terms.muted());
        });
        if (entered.listens()) {
            script.media().listenForSpeech(true);
        }
        coachOthers();
        if (!entered.started()) {
            script.media().leave();
            talks = false;
            arrived();
        }
    }

    private Optional<CallEvent.ConferenceEntered> live(Conference conference, boolean started) throws Interruption {
        boolean starts = started;
        boolean comes = started;
        while (true) {
            if (starts) {
                talk(conference);
                starts = false;
                if (comes && terms.beepOnEnter()) {
                    // When it is there: before, there may be nobody in the room to hear it.
                    conference.room().announce(Sound.beep());
                }
                comes = false;
            }
            Optional<CallEvent> event = talks
                    ? script.await(script.passes(until), came -> about(came, conference) || answers(came) || star(came))
                    : Optional.of(waiting.until(
                            came -> about(came, conference) || answers(came) || star(came),
                            terms,
                            baseUrl,
                            conference));
            if (event.isEmpty()) {
                return Optional.empty();
            }
            switch (event.get()) {
                case CallEvent.ConferenceStarted begun -> starts = !talks;
                case CallEvent.WaitsOtherwise otherwise -> {}
                case CallEvent.ConferenceEntered moved -> {
                    asked = Optional.empty();
                    return Optional.of(moved);
                }
                case CallEvent.ConferenceFull full -> {
                    asked = Optional.empty();
                    move.ifPresent(request -> script.controls.refused(request, 29441, "the conference is full"));
                    move = OptionalLong.empty();
                }
                case CallEvent.ConferenceEnded ended
                when asked.isPresent() && ended.conference() == asked.get() ->
                    ask(room(ended.conference().record().friendlyName()), Optional.empty());
                case CallEvent.ConferenceEnded ended
                when asked.isPresent() -> {
                    // Everyone may be on the way to the other one.
                    script.media().leave();
                    talks = false;
                    starts = false;
                }
                case CallEvent other -> {
                    return Optional.empty();
                }
            }
        }
    }

    private void talk(Conference conference) {
        script.media().join(conference.room());
        talks = true;
        if (until.equals(Deadline.NEVER)) {
            until = script.ofVerb(dial.timeLimit());
        }
        arrived();
    }

    private void arrived() {
        move.ifPresent(script.controls::settle);
        move = OptionalLong.empty();
    }

    private boolean star(CallEvent event) {
        return dial.hangupOnStar()
                && event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit))
                && digit == '*';
    }

    private boolean answers(CallEvent event) {
        return switch (event) {
            case CallEvent.ConferenceEntered entered -> of(asked, entered.conference());
            case CallEvent.ConferenceFull full -> of(asked, full.conference());
            case CallEvent.ConferenceEnded ended -> of(asked, ended.conference());
            default -> false;
        };
    }

    private static boolean of(Optional<Conference> wanted, Conference conference) {
        return wanted.isPresent() && wanted.get() == conference;
    }

    private static boolean about(CallEvent event, Conference conference) {
        return switch (event) {
            case CallEvent.ConferenceStarted started -> started.conference() == conference;
            case CallEvent.ConferenceEnded ended -> ended.conference() == conference;
            case CallEvent.WaitsOtherwise waits -> waits.conference() == conference;
            default -> false;
        };
    }

    // ---- what is asked of it meanwhile

    /** The conference it is in. */
    Optional<Conference> conference() {
        return here;
    }

    teleapi.rcml.Conference terms() {
        return terms;
    }

    /** The same for another call, which has not read this one's document. */
    teleapi.rcml.Conference termsForAnother() {
        Optional<String> waitsWith =
                terms.waitUrl().flatMap(url -> url.isEmpty() ? Optional.of(url) : Urls.resolve(baseUrl, url));
        return terms.handedOn(waitsWith);
    }

    /** Its controls are these now. */
    void controlled(ControlState state) {
        here.ifPresent(conference -> conference.controlled(script.call.sid(), state));
        asked.ifPresent(conference -> conference.controlled(script.call.sid(), state));
    }

    /** Does what is asked; the numbers of what has to be told as done first are added to {@code requests}. */
    void change(Participation wanted, Optional<Conference> place, Set<Long> requests) {
        if (wanted.moveTo().isPresent()) {
            place.ifPresent(next -> moveTo(next, requests));
            return;
        }
        wanted.waiting().ifPresent(sound -> {
            terms = terms.waitingWith(sound.url(), sound.method());
            here.ifPresent(conference -> script.call.post(new CallEvent.WaitsOtherwise(conference)));
        });
        wanted.coaching().ifPresent(whom -> {
            coaches = switch (whom) {
                case Participation.Coaching.Of(Sid call) -> Optional.of(call);
                case Participation.Coaching.Nobody nobody -> Optional.empty();
            };
            coachOthers();
        });
        terms = terms.leaving(
                wanted.endsOnExit().orElse(terms.endConferenceOnExit()),
                wanted.beepsOnExit().orElse(terms.beepOnExit()));
        long request = script.nextId();
        if (here.isPresent() && here.get().change(script.call, terms, coaches, request)) {
            requests.add(request);
        }
    }

    /** Who is to be coached and is not there is replaced by itself: nobody hears what is said in confidence. */
    private void coachOthers() {
        script.media()
                .coach(coaches.map(coached -> script.switchboard
                        .find(script.call.account().sid(), coached)
                        .flatMap(call -> call.media())
                        .orElse(script.media())));
    }

    private void moveTo(Conference next, Set<Long> requests) {
        if (of(here, next)) {
            // It is there; the place that was kept for it is the one it has.
            return;
        }
        notAsked();
        movesNoMore();
        long request = script.nextId();
        move = OptionalLong.of(request);
        requests.add(request);
        // Whom it coaches stays behind.
        ask(next, Optional.empty());
    }
}
