package teleapi.call;

/** One of several changes that are made together. */
public sealed interface Change {
    /** Of a live call. */
    record OfCall(Sid call, Modification modification) implements Change {}

    /** A conference ends. */
    record EndOfConference(Sid conference) implements Change {}
}
