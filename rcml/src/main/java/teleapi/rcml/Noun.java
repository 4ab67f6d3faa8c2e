package teleapi.rcml;

/** What a Dial can ring or join. */
public sealed interface Noun permits Noun.Ringable, Conference, Queue {
    Position position();

    /** What can ring: a leg of its own. */
    sealed interface Ringable extends Noun permits Number, Client, Sip {
        /** The screening document and the status callback of this leg. */
        LegOptions options();
    }
}
