package teleapi.call.bridge;

/** What became of an announcement to a whole conference. */
public sealed interface Announcement {
    /** It is heard now, by who enters in this instant, too. */
    record Begun() implements Announcement {}

    /** Nobody hears anybody: it has not started, or whoever was in it has left and somebody is still awaited. */
    record NotStarted() implements Announcement {}

    /** As much is announced already as may wait to be heard. */
    record Full() implements Announcement {}

    /** The conference is over. */
    record Over() implements Announcement {}

    /** It cannot be had. */
    record Unplayable(int code, String reason) implements Announcement {}
}
