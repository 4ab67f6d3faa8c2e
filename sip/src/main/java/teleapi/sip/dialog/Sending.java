package teleapi.sip.dialog;

import teleapi.sip.transaction.ClientUser;

/** A request of ours, from the wish to send it on. Worker's thread only. */
public interface Sending {
    /** Sends a CANCEL for it (an INVITE that has been answered provisionally). */
    void cancel(ClientUser user);

    /** Forgets a request whose address is still being looked up; false when it has left. */
    boolean withdraw();

    /** Forgets it: whatever comes is dropped. */
    void drop();
}
