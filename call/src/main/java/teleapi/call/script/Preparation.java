package teleapi.call.script;

import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.NewDocument;
import teleapi.call.Sid;

/**
 * A redirect whose document is being fetched while the old one goes on.
 *
 * <p>A move of both legs has a leader (the leg the API named) and a follower (the leg connected to it). Both fetch; the follower reports,
 * the leader decides, tells the follower first and then switches itself. A leader that ends tells the follower to go alone.
 *
 * <pre>
 * Thread  the call's
 * </pre>
 */
final class Preparation {
    final Sid modification;
    final NewDocument document;
    final Optional<CallCommand.Modify> command;
    final Optional<Call> leader;
    Optional<Call> follower = Optional.empty();
    boolean followerReady;
    boolean mayGo;
    Optional<NewDocument.Fetch> fallbackLeft;
    long fetch;
    Optional<Documents.Read.Ready> ready = Optional.empty();
    long fetchedAt;

    private Preparation(
            Sid modification, NewDocument document, Optional<CallCommand.Modify> command, Optional<Call> leader) {
        this.modification = modification;
        this.document = document;
        this.command = command;
        this.leader = leader;
        this.fallbackLeft = document.fallback();
    }

    static Preparation asked(CallCommand.Modify command, NewDocument document) {
        return new Preparation(command.modification().sid(), document, Optional.of(command), Optional.empty());
    }

    /** Whether it is another call's move, and later than {@code other}. */
    boolean follows(Sid other) {
        return leader.isPresent() && modification.compareTo(other) > 0;
    }

    static Preparation following(Sid modification, NewDocument document, Call leader) {
        return new Preparation(modification, document, Optional.empty(), Optional.of(leader));
    }
}
