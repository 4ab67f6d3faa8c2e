package teleapi.call.bridge;

import teleapi.call.Sid;

/**
 * One who waits and one who dials the queue, brought together by it.
 *
 * @param bridge names their bridge, from the offer to its end
 */
public record PickUp(Sid bridge, CallQueue queue, Dequeuer by) {}
