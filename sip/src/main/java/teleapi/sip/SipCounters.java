package teleapi.sip;

/**
 * A reading of what a user agent holds and has counted.
 *
 * @param dialogs live now
 * @param transactions live now
 * @param registrations contacts bound now
 * @param messagesIn well-formed messages received
 * @param messagesOut sent, retransmissions included
 * @param dropped what was no SIP, broke a limit, or was an answer to somebody else
 * @param wrongCredentials with a nonce of ours; of users that do not exist, too
 * @param unheardCredentials not looked at, because too many wrong ones came before
 * @param retransmissionsOut sent again by a timer
 */
public record SipCounters(
        int dialogs,
        int transactions,
        int registrations,
        long messagesIn,
        long messagesOut,
        long dropped,
        long wrongCredentials,
        long unheardCredentials,
        long retransmissionsOut) {}
