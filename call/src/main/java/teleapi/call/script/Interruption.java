package teleapi.call.script;

/**
 * Unwinds whatever verb runs, up to the loop, which does {@link #next}. It cuts in only where a call waits, in {@link Script#await};
 * besides, it ends a call whose own ringing came to nothing.
 */
final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Next next;

    private final boolean ofOverlay;

    Interruption(Next next) {
        this(next, false);
    }

    private Interruption(Next next, boolean ofOverlay) {
        super(next.toString(), null, false, false);
        this.next = next;
        this.ofOverlay = ofOverlay;
    }

    /** Unwinds the document that runs over the call, and no more. */
    static Interruption ofOverlay(Next next) {
        return new Interruption(next, true);
    }

    boolean ofOverlay() {
        return ofOverlay;
    }

    Next next() {
        return next;
    }

    /** Something new cut in, and the call goes on. */
    boolean redirect() {
        return switch (next) {
            case Next.Run run -> true;
            case Next.Bridge bridge -> true;
            case Next.FallBack fallBack -> true;
            case Next.Begin begin -> false;
            case Next.Fetch fetch -> false;
            case Next.Exhausted exhausted -> false;
            case Next.End end -> false;
        };
    }
}
