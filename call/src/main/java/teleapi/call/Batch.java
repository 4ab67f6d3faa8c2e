package teleapi.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.call.CallEvent.FollowerPrepared;
import teleapi.call.CallEvent.FollowerPrepared.Prepared;
import teleapi.call.bridge.Conference;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Several changes, all or nothing: each call prepares its own and reports; when all are ready, all are told to go in one breath. If one cannot,
 * or is too slow, none does.
 *
 * <pre>
 * Shape   a call that ends between the last report and the word to go has ended; the others go on, and its own status says so
 * Thread  post: any. The rest: its own script
 * Errors  BatchStatus FAILED names the change that failed
 * Source  ADR-0010
 * </pre>
 */
final class Batch implements Leader {
    /** A document takes 15 s at most, its fallback as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(32);

    private static final int NOT_ALL = 29426;
    private static final String BY_API = "conference-ended-via-api";

    private record Part(int index, Call call, Modification modification) {}

    private final World world;
    private final Mailbox<CallEvent> mailbox;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> offered = new ArrayList<>();
    private final List<Conference> ending = new ArrayList<>();
    private final Acceptance acceptance;
    private final Consumer<BatchStatus> told;

    Batch(World world, Acceptance acceptance, Consumer<BatchStatus> told) {
        this.world = world;
        this.acceptance = acceptance;
        this.told = told;
        this.mailbox = world.mailbox("batch", 1);
    }

    void add(int index, Call call, Modification modification) {
        parts.add(new Part(index, call, modification));
    }

    void add(Conference conference) {
        ending.add(conference);
    }

    @Override
    public boolean post(CallEvent event) {
        return mailbox.post(event);
    }

    void run() {
        told.accept(new BatchStatus(ModificationStatus.State.PREPARING, 0, "", -1));
        Optional<BatchStatus> failure = prepare();
        if (failure.isPresent()) {
            String why = "change " + failure.get().failed() + " of the request failed: "
                    + failure.get().reason();
            offered.forEach(part ->
                    part.call().post(new CallEvent.MoveOff(part.modification().sid(), NOT_ALL, why)));
            parts.stream().filter(part -> !offered.contains(part)).forEach(part -> tell(part, why));
        } else {
            parts.forEach(part ->
                    part.call().post(new CallEvent.MoveNow(part.modification().sid())));
            end();
        }
        mailbox.close();
        told.accept(failure.orElseGet(() -> new BatchStatus(ModificationStatus.State.APPLIED, 0, "", -1)));
    }

    /** All are told to end in the same breath as the calls are; then it waits until they are over. */
    private void end() {
        long open = ending.stream()
                .filter(conference ->
                        conference.end(BY_API, () -> post(new CallEvent.ConferenceEnded(conference, BY_API))))
                .count();
        Deadline deadline = world.time().after(PATIENCE);
        while (open > 0) {
            Optional<CallEvent> event = mailbox.take(deadline);
            if (event.isEmpty()) {
                return;
            }
            open -= event.get() instanceof CallEvent.ConferenceEnded ? 1 : 0;
        }
    }

    private Optional<BatchStatus> prepare() {
        Map<Sid, Part> waiting = new LinkedHashMap<>();
        for (Part part : parts) {
            waiting.put(part.modification().sid(), part);
            boolean taken = part.call().offer(acceptance.of(part.modification(), Optional.of(this)));
            if (!taken) {
                return failed(part, 21220, "the call has ended");
            }
            offered.add(part);
        }
        Deadline deadline = world.time().after(PATIENCE);
        while (!waiting.isEmpty()) {
            Optional<CallEvent> event = mailbox.take(deadline);
            if (event.isEmpty()) {
                return failed(
                        waiting.values().iterator().next(), 11200, "not ready within " + PATIENCE.toSeconds() + " s");
            }
            if (event.get() instanceof FollowerPrepared prepared) {
                Part part = waiting.remove(prepared.modification());
                if (prepared.prepared() != Prepared.READY) {
                    return failed(
                            part == null ? partOf(prepared.modification()) : part, prepared.code(), prepared.reason());
                }
            }
        }
        return Optional.empty();
    }

    private Part partOf(Sid modification) {
        return parts.stream()
                .filter(part -> part.modification().sid().equals(modification))
                .findAny()
                .orElseThrow();
    }

    /** It never got into the call's mailbox, so that the call cannot tell. */
    private static void tell(Part part, String why) {
        part.modification()
                .told()
                .accept(new ModificationStatus(
                        part.modification().sid(),
                        ModificationStatus.State.FAILED,
                        NOT_ALL,
                        why,
                        Map.of(),
                        part.call().snapshot(),
                        part.call().controls(),
                        Optional.empty()));
    }

    private static Optional<BatchStatus> failed(Part part, int code, String reason) {
        return Optional.of(new BatchStatus(ModificationStatus.State.FAILED, code, reason, part.index()));
    }
}
