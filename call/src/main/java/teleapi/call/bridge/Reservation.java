package teleapi.call.bridge;

/**
 * One who waits in a queue and is to be taken out by the API: no Dial and nobody else who asks for the first gets it meanwhile.
 *
 * @param release gives it back, if it still waits; any thread, does not wait
 */
public record Reservation(QueueMember member, Runnable release) {}
