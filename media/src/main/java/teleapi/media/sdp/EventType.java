package teleapi.media.sdp;

/**
 * A telephone-event format of one stream (RFC 4733).
 *
 * @param rate of its timestamps and durations
 * @param flash whether event 16 is among the events
 */
record EventType(int number, int rate, boolean flash) {}
