package teleapi.call.bridge;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.call.Sid;

/**
 * Who is to come into a conference in the place of one who is in it, or has left meanwhile: that place is not empty as long as someone may come.
 *
 * <pre>
 * Thread  the conference's
 * Source  ADR-0018
 * </pre>
 */
final class Successions {
    private record Awaited(Sid of, Consumer<Expected> told) {}

    private final Map<Sid, Awaited> awaited = new LinkedHashMap<>();
    /** Those that left before it was known whether anyone comes in their place. */
    private final Map<Sid, Participant> left = new LinkedHashMap<>();

    /** Those that came too late: they are being hung up, and may have asked to be let in before they hear of it. */
    private final Set<Sid> late = new HashSet<>();

    /** Someone is on the way; {@code told} hears it if nobody wants it any more. */
    void expect(Sid successor, Sid of, Consumer<Expected> told) {
        awaited.put(successor, new Awaited(of, told));
    }

    /** A participant leaves; whether somebody may come in its place. */
    boolean leaves(Participant member) {
        boolean succeeded = awaits(member.call().sid());
        if (succeeded) {
            left.put(member.call().sid(), member);
        }
        return succeeded;
    }

    private boolean awaits(Sid member) {
        return awaited.values().stream().anyMatch(one -> one.of().equals(member));
    }

    /** Places of those that have left, which are still kept. */
    int kept() {
        return left.size();
    }

    boolean expects(Sid successor) {
        return awaited.containsKey(successor);
    }

    /** It has come: in whose place. */
    Optional<Sid> came(Sid successor) {
        return Optional.ofNullable(awaited.remove(successor)).map(Awaited::of);
    }

    /** Those that were called for the same place; they are told that it is taken, and are forgotten. */
    List<Sid> others(Sid of) {
        List<Sid> others = awaited.entrySet().stream()
                .filter(one -> one.getValue().of().equals(of))
                .map(Map.Entry::getKey)
                .toList();
        others.forEach(sid -> Optional.ofNullable(awaited.remove(sid))
                .ifPresent(one -> one.told().accept(new Expected.Full())));
        late.addAll(others);
        return others;
    }

    /** Whether its place was taken by another: it must not come in for a moment, and then leave as one who ends the conference. */
    boolean tooLate(Sid successor) {
        return late.contains(successor);
    }

    /** It has ended. */
    void forget(Sid successor) {
        late.remove(successor);
    }

    /** Takes the one out that had left before. */
    Optional<Participant> takeLeft(Sid of) {
        return Optional.ofNullable(left.remove(of));
    }

    /** It does not come; the participant that has left in vain, if it was the last for its place. */
    Optional<Participant> gaveUp(Sid successor) {
        Optional<Awaited> gone = Optional.ofNullable(awaited.remove(successor));
        gone.ifPresent(one -> one.told().accept(new Expected.Over()));
        return gone.map(Awaited::of).filter(of -> !awaits(of)).flatMap(this::takeLeft);
    }
}
