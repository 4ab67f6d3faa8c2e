package teleapi.lab.demo;

import java.util.Map;
import teleapi.lab.phone.PhoneEvent;
import teleapi.sip.message.SipMessage;

/** What can be seen from outside while the story is played. */
sealed interface Seen {
    /** When, on the scale of Time.nanos. */
    long nanos();

    /** A SIP message between a phone and teleapi. */
    record Sip(Party phone, boolean sent, SipMessage message, long nanos) implements Seen {}

    /** A phone has noticed something. */
    record Noticed(Party phone, PhoneEvent event, long nanos) implements Seen {}

    /** teleapi has asked the application, and has its answer. */
    record Asked(String path, Map<String, String> parameters, String answer, long nanos) implements Seen {}

    /** The application has asked teleapi. */
    record Requested(String request, long nanos) implements Seen {}

    /** teleapi's answer to the request of that number; status 0: there was none, and the body says why. */
    record Replied(long request, int status, String body, long nanos) implements Seen {}
}
