package teleapi.sip.message;

import java.util.List;

/** Why a request is not served: what to answer, with the headers that the answer must have. */
public record Refusal(int status, String reason, List<Header> headers) {
    public Refusal {
        headers = List.copyOf(headers);
    }

    static Refusal of(int status) {
        return new Refusal(status, Reasons.phrase(status), List.of());
    }

    static Refusal of(int status, Header header) {
        return new Refusal(status, Reasons.phrase(status), List.of(header));
    }

    /** The response to the request. */
    public SipResponse answer(SipRequest request, String toTag) {
        return SipResponse.to(request, status, reason, toTag).with(headers);
    }
}
