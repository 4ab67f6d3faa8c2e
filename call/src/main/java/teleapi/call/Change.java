package teleapi.call;

/** One of several changes that are made together. */
public sealed interface Change {
    /** Of a live call. */
    record OfCall(Sid call, Modification modification) implements Change {}

    /** A conference ends; if it is a {@code dryRun}, it is only looked at whether there is one. */
    record EndOfConference(Sid conference, boolean dryRun) implements Change {}
}
