package teleapi.flows.cells;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import teleapi.lab.phone.Phone;

/**
 * Where a cell is played: phones, an application, someone who asks the API; in simulated time or over real sockets.
 *
 * <pre>
 * Thread  one, which plays the cell
 * Errors  AssertionError when an answer does not come
 * </pre>
 */
public interface Stage {
    Phone phone(Player player);

    /** The name of a client, as it is dialled, and its password. */
    String user(Player player);

    /** Where teleapi's SIP is. */
    InetSocketAddress sip();

    /** A number of the account, whose document is at /incoming. */
    String number();

    /** A name for a room that no other cell has. */
    String room();

    String url(String path);

    /** From now on this document is there. Without one, an empty Response is. */
    void has(String path, String document);

    /** Requests for this document are answered only when it is let go. */
    void holds(String path);

    void letsGo(String path);

    /** {@code POST Calls}. */
    Answer create(Map<String, String> form);

    /** {@code POST Calls/CA…}: asks, and waits for the answer. */
    Answer modify(String callSid, Map<String, String> form);

    /** What {@code DryRun=true} answers to this: the texts of legs, ends, requests and remarks. */
    Map<String, List<String>> plan(String callSid, Map<String, String> form);

    /** The same as {@link #modify}, but does not wait. */
    void beginToModify(String callSid, Map<String, String> form);

    /** The sound of the newest recording of a call that has ended and was asked for by {@code source}, as WAV. */
    byte[] recording(String callSid, String source);

    /** Looks on until this is so; false: it has not become so in time. */
    boolean until(BooleanSupplier condition, Duration patience);

    /** All that has been seen of this cell. */
    List<Seen> seen();

    /** Whether nothing but the cell can break a sound; elsewhere the machine may have other things to do for a moment. */
    boolean exact();

    /** On the scale of what is seen. */
    long nanos();

    /** How long what was heard may still be heard after the answer, since it was on its way. */
    Duration longestLeftover();

    /** The longest break in the sound that is right on this stage. */
    Duration longestGap();
}
