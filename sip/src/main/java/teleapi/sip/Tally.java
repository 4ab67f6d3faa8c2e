package teleapi.sip;

/** What one SIP worker has counted. */
final class Tally {
    // Owned by one SIP worker.
    long in;
    long out;
    long dropped;
    long wrongCredentials;
    long unheardCredentials;
}
