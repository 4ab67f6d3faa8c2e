package teleapi.call.bridge;

/** How a call came out of a queue, as the action of its Enqueue is told. Source: issue 4, 1. */
public final class QueueResult {
    /** A Dial took it out, and both talked. */
    public static final String BRIDGED = "bridged";

    /** It was being taken out, and left before both talked. */
    public static final String BRIDGING = "bridging-in-process";

    /** Its wait document said Leave. */
    public static final String LEAVE = "leave";

    public static final String REDIRECTED = "redirected";
    public static final String HANGUP = "hangup";
    public static final String FULL = "queue-full";

    /** The account has as many queues as it may have, and none of this name. */
    public static final String ERROR = "error";

    /** A fault of ours. */
    public static final String SYSTEM_ERROR = "system-error";

    private QueueResult() {}
}
