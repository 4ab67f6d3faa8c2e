package teleapi.rcml;

/** One thing an application asks for; a record per verb, with its defaults and limits in its constructor. */
public sealed interface Verb
        permits Say,
                Play,
                Pause,
                Gather,
                Record,
                Dial,
                Enqueue,
                Leave,
                Refer,
                Redirect,
                Reject,
                Hangup,
                Start,
                Stop,
                Connect,
                Message {
    /** Where it stands in the document, for notifications. */
    Position position();

    /** The element's name as RCML writes it. */
    default String name() {
        return getClass().getSimpleName();
    }
}
