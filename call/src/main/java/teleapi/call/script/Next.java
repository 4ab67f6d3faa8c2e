package teleapi.call.script;

import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Reading;
import teleapi.call.Sid;
import teleapi.rcml.Dial;
import teleapi.rcml.RcmlDocument;

/** What the loop of a call does next. */
sealed interface Next {
    /** What its origin says: answer the door, or ring someone. */
    record Begin() implements Next {}

    /** Request a document; {@code extra} parameters go with the usual ones. */
    record Fetch(NewDocument.Fetch from, Map<String, String> extra) implements Next {}

    /**
     * Run a document; relative URLs in it start at {@code baseUrl}.
     *
     * @param only the conference that its Conference must be; empty: whichever has the name
     */
    record Run(RcmlDocument document, String baseUrl, Optional<Sid> only) implements Next {
        Run(RcmlDocument document, String baseUrl) {
            this(document, baseUrl, Optional.empty());
        }
    }

    /** Be joined to another call. */
    record Bridge(Sid bridge, Call other) implements Next {}

    /** In a document that is heard in a queue: the queue is left. */
    record Leave() implements Next {}

    /** Something that runs inside a verb ends by this event; the verb takes it. */
    record CutShort(CallEvent event) implements Next {}

    /** The other party has transferred this one, and its target has answered: join it. */
    record Transfer(Dial dial, Call target) implements Next {}

    /** This party has transferred the other one: the end. */
    record Transferred() implements Next {}

    /** The running document cannot go on: its fallback, if it has one left. */
    record FallBack(Reading.Unusable error, Optional<String> url) implements Next {}

    /** The script has nothing more to do: the end, unless a redirect is in preparation. */
    record Exhausted(EndReason reason) implements Next {}

    /** The end. */
    record End(EndReason reason) implements Next {}
}
