package teleapi.sip;

import java.util.List;
import teleapi.sip.message.Header;

/** What becomes of a new INVITE. */
public sealed interface Admission {
    /** Ask for digest credentials (407). */
    record Challenge() implements Admission {}

    /** Final answer now; no dialog is born. */
    record Refuse(int status, String reason, List<Header> headers) implements Admission {}

    /** A call takes it; 100 has been sent, and the listener gets what happens next. */
    record Admit(DialogListener listener) implements Admission {}
}
