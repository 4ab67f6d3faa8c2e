package teleapi.sip.transaction;

/** The timer values of RFC 3261 §17.1.1.1 and appendix A, in nanoseconds. */
public final class Intervals {
    /** A round trip, estimated. */
    public static final long T1 = 500_000_000L;
    /** The longest wait between retransmissions of what is not an INVITE. */
    public static final long T2 = 4_000_000_000L;
    /** How long a message may stay in the network. */
    public static final long T4 = 5_000_000_000L;
    /** 64 T1 = 32 s: timers B, D, F, H, J, L, M, and every other patience that ends. */
    public static final long LIMIT = 64 * T1;

    private Intervals() {}
}
