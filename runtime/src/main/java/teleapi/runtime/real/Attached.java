package teleapi.runtime.real;

/** What a loop's selector watches. */
sealed interface Attached permits DatagramAttachment, ListenerAttachment, RealStream {
    /** Something can be read, written, accepted or finished without waiting. Loop thread. */
    void ready();

    /** The loop ends. Loop thread. */
    void end();
}
