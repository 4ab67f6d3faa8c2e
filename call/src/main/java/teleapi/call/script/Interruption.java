package teleapi.call.script;

/**
 * Unwinds whatever verb runs, up to the loop, which does {@link #next}. It cuts in only where a call waits, in {@link Script#await};
 * besides, it ends a call whose own ringing came to nothing.
 */
final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Next next;

    Interruption(Next next) {
        super(next.toString(), null, false, false);
        this.next = next;
    }

    Next next() {
        return next;
    }

    /** A new document cut in, and the call goes on. */
    boolean redirect() {
        return next instanceof Next.Run;
    }
}
