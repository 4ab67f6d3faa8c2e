package teleapi.lab.desk;

import teleapi.lab.phone.PhoneEvent;
import teleapi.sip.message.SipMessage;

/** What the owner of a command-line phone waits for. */
sealed interface Happening {
    record Noticed(PhoneEvent event, long nanos) implements Happening {}

    record Passed(boolean sent, SipMessage message, long nanos) implements Happening {}

    record Key(char key) implements Happening {}
}
