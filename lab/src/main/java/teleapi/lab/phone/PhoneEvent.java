package teleapi.lab.phone;

/** What a phone notices. */
public sealed interface PhoneEvent {
    /** The registrar's final status: 200, 401, 403, 408 … */
    record Registered(int status) implements PhoneEvent {}

    /**
     * It is called.
     *
     * @param callSid of X-Teleapi-CallSid; empty when there was none
     */
    record Invited(String from, String callSid) implements PhoneEvent {}

    /** 18x to its own INVITE. */
    record Progressed(int status, boolean earlyMedia) implements PhoneEvent {}

    /** 200 to its own INVITE. */
    record Answered(String callSid) implements PhoneEvent {}

    /** Its own INVITE came to nothing. */
    record Refused(int status) implements PhoneEvent {}

    /** The caller gave up before it answered. */
    record Canceled() implements PhoneEvent {}

    /** The other side said BYE, or the call broke. */
    record Ended(boolean byFarEnd) implements PhoneEvent {}

    /** The other side changed the session; it holds us when {@code held}. */
    record Reoffered(boolean held) implements PhoneEvent {}

    /** The final answer to its own REFER. */
    record ReferAnswered(int status) implements PhoneEvent {}

    /** NOTIFY: how far what it asked with REFER has come. */
    record Notified(int status) implements PhoneEvent {}

    /** It is asked to call somebody else itself. */
    record Referred(String target) implements PhoneEvent {}

    /** A MESSAGE came. */
    record Texted(String from, String text) implements PhoneEvent {}

    /** The final answer to its own MESSAGE. */
    record TextAnswered(int status) implements PhoneEvent {}

    /** What it hears has changed. */
    record Hears(Hearing hearing) implements PhoneEvent {}

    /** A telephone-event came in. */
    record Digit(char digit) implements PhoneEvent {}
}
