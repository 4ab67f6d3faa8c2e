package teleapi.call.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import teleapi.call.Controls.Recording;
import teleapi.call.Origin;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;

/**
 * The recordings of one call that go on: those of its verbs, and the one that the API begins, which is the call's own and outlives them.
 *
 * <pre>
 * Thread  the call's
 * Source  issue 3, 6; reference/peers.md 2.5; ADR-0014
 * </pre>
 */
final class CallRecordings {
    private final Script script;
    /** In the order in which they began; some may be over. */
    private final List<Recorder> begun = new ArrayList<>();

    private Optional<Recorder> ofCall = Optional.empty();
    /** What begins when the call is answered. */
    private Optional<Recording.Start> later;

    CallRecordings(Script script) {
        this.script = script;
        this.later = script.call.origin() instanceof Origin.FromApi made ? made.recording() : Optional.empty();
    }

    void began(Recorder recorder) {
        begun.removeIf(Recorder::over);
        begun.add(recorder);
        script.controls.recorded();
    }

    void answered() {
        Optional<Recording.Start> kept = later;
        later = Optional.empty();
        kept.ifPresent(this::start);
    }

    /** The one that is meant, if it goes on. */
    private Optional<Recorder> find(Optional<Sid> which) {
        begun.removeIf(Recorder::over);
        return which.isPresent()
                ? begun.stream()
                        .filter(one -> one.record().sid().equals(which.get()))
                        .findFirst()
                : ofCall.filter(begun::contains)
                        .or(() -> begun.reversed().stream().findFirst());
    }

    /** The one that is meant when none is named. */
    Optional<RecordingRecord> current() {
        return find(Optional.empty()).map(Recorder::record);
    }

    /** Why it cannot be done now; empty when it can. */
    Optional<String> forbidden(Recording wanted, boolean answered) {
        boolean possible = switch (wanted) {
            case Recording.Start start -> answered || start.mayWait();
            case Recording.Stop stop when stop.which().isEmpty() && later.isPresent() -> true;
            case Recording.Stop stop -> find(stop.which()).isPresent();
            case Recording.Pause pause -> find(pause.which()).isPresent();
            case Recording.Resume resume -> find(resume.which()).isPresent();
        };
        return possible
                ? Optional.empty()
                : Optional.of(
                        wanted instanceof Recording.Start ? "the call has not been answered" : "no recording goes on");
    }

    /** Does it; the media loop tells when {@code requests} are in force. */
    void change(Recording wanted, Set<Long> requests) {
        switch (wanted) {
            case Recording.Start start -> {
                if (script.hasLeg() && script.leg().answered()) {
                    start(start);
                } else {
                    later = Optional.of(start);
                }
            }
            case Recording.Pause pause -> find(pause.which()).ifPresent(one -> one.pause(pause.silence()));
            case Recording.Resume resume -> find(resume.which()).ifPresent(Recorder::resume);
            case Recording.Stop stop -> {
                later = stop.which().isPresent() ? later : Optional.empty();
                find(stop.which()).ifPresent(one -> {
                    one.stop();
                    // Its file is whole when it is told that it has stopped.
                    requests.add(one.number());
                });
            }
        }
    }

    private void start(Recording.Start wanted) {
        if (ofCall.filter(one -> !one.over()).isEmpty()) {
            Recorder fresh = new Recorder(script, Recorder.Terms.of(wanted), wanted.callback(), "");
            ofCall = Optional.of(fresh);
            fresh.begin();
        }
    }

    /** One is over; whether it was the call's own, which no verb waits for. */
    boolean ended(long number) {
        script.controls.recorded();
        return ofCall.filter(one -> one.number() == number).isPresent();
    }
}
