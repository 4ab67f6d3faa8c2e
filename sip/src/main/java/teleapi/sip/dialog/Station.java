package teleapi.sip.dialog;

import java.util.Optional;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.sip.Credentials;
import teleapi.sip.Transport;
import teleapi.sip.auth.Proof;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;
import teleapi.sip.transaction.Timers;
import teleapi.sip.transport.Hop;

/** What a dialog needs of its SIP worker. Called on the worker's thread only. */
public interface Station {
    Time time();

    Randomness random();

    Timers timers();

    /** Our Contact for this local user, and for the transport the far end shall use. */
    Header contact(String user, Transport transport);

    /** User-Agent in requests, Server in responses. */
    String product();

    /** Sends a request (not ACK); its Via is added here, once the hop's address is known. */
    Sending request(SipRequest withoutVia, Hop hop, ClientUser user);

    /** Sends the ACK to a 2xx: no transaction; the same branch each time it is repeated. */
    void acknowledge(SipRequest withoutVia, String branch, Hop hop);

    /** A fresh branch. */
    String branch();

    /** The header that answers a 401 or 407; empty when it cannot be answered. */
    Optional<Header> authorize(SipResponse challenge, SipRequest challenged, Credentials credentials);

    /** Whose digest a request in a dialog carries; {@link Proof.Wanting} has the challenge to answer it with. */
    Proof proof(Incoming incoming);

    /** Begins to answer a request. */
    ServerTransaction serve(Incoming incoming, ServerUser user);

    /** Requests with this dialog's local tag come to it from now on. */
    void add(InviteDialog dialog);

    /** It is over. */
    void remove(InviteDialog dialog);
}
