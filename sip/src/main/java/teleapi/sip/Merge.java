package teleapi.sip;

import teleapi.sip.dialog.Incoming;

/** The same in two requests with different branches, and it is one request on two ways. Source: RFC 3261 §8.2.2.2. */
record Merge(String callId, String fromTag, long sequence) {
    static Merge of(Incoming incoming) {
        return new Merge(incoming.callId(), incoming.fromTag(), incoming.cseq().number());
    }
}
