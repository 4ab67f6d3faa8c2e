package teleapi.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import teleapi.sip.message.Header;

/**
 * The last answer to an INVITE of ours, as the action of a Dial is told it after a Sip.
 *
 * <pre>
 * Shape   X- headers alone, of any case, and not more than of an INVITE that comes in
 * Thread  any
 * Source  reference/restcomm.md 5.4 "after a Sip dial"
 * </pre>
 */
public record FarEndAnswer(String callId, int status, List<Header> headers) {
    public FarEndAnswer {
        headers = headers.stream()
                .filter(header -> header.name().regionMatches(true, 0, "X-", 0, 2))
                .limit(Reception.MOST_X_HEADERS)
                .toList();
    }

    /** By their usual names. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("DialSipCallId", callId);
        parameters.put("DialSipResponseCode", Integer.toString(status));
        headers.forEach(header -> parameters.put("DialSipHeader_" + header.name(), header.value()));
        return parameters;
    }
}
