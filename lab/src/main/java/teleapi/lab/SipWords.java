package teleapi.lab;

import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;

/** SIP messages in a few words, for people. */
public final class SipWords {
    private SipWords() {}

    /** {@code INVITE}, {@code 180 Ringing}; {@code 200 OK (BYE)} where it might be unclear what is answered. */
    public static String of(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method();
            case SipResponse response -> {
                String method = response.cseq().method();
                String plain = response.status() + " " + response.reason();
                yield method.equals("INVITE") && response.status() < 300 ? plain : plain + " (" + method + ")";
            }
        };
    }

    /** As short as it gets: {@code INVITE}, {@code 180}, {@code 200 BYE}. */
    public static String brief(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method();
            case SipResponse response -> {
                String method = response.cseq().method();
                yield method.equals("INVITE") ? Integer.toString(response.status()) : response.status() + " " + method;
            }
        };
    }
}
