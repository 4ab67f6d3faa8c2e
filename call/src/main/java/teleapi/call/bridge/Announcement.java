package teleapi.call.bridge;

/** What became of an announcement to a whole conference. */
public sealed interface Announcement {
    /** It is heard now. */
    record Begun() implements Announcement {}

    /** Nobody hears anybody yet. */
    record NotStarted() implements Announcement {}

    /** The conference is over. */
    record Over() implements Announcement {}

    /** It cannot be had. */
    record Unplayable(int code, String reason) implements Announcement {}
}
