package teleapi.media.mix;

import teleapi.media.MediaCounters;

/** The counts of one media loop. */
final class Tally {
    // Owned by the thread of the media loop; others read the snapshots it publishes.
    int sessions;
    int rooms;
    int ports;
    long packetsIn;
    long packetsOut;
    long strangers;
    long malformed;
    long excess;
    long refusedSends;

    MediaCounters snapshot() {
        return new MediaCounters(
                sessions, rooms, ports, packetsIn, packetsOut, strangers, malformed, excess, refusedSends);
    }
}
