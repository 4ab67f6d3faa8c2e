package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.Webhooks;

/** The parameters of webhooks by their usual names. Source: reference/restcomm.md 5.4, peers.md 2.7. */
final class CallParameters {
    static final String API_VERSION = "2012-04-24";

    private CallParameters() {}

    /** What every document request has. */
    static Map<String, String> voice(CallRecord call, String status, Map<String, String> origin) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("CallSid", call.sid().text());
        parameters.put("AccountSid", call.accountSid().text());
        parameters.put("From", call.from());
        parameters.put("To", call.to());
        parameters.put("Caller", call.from());
        parameters.put("Called", call.to());
        parameters.put("CallStatus", status);
        parameters.put("ApiVersion", API_VERSION);
        parameters.put("Direction", call.direction().text());
        parameters.put("CallTimestamp", Webhooks.date(call.dateCreated()));
        call.callerName().ifPresent(name -> parameters.put("CallerName", name));
        call.forwardedFrom().ifPresent(from -> parameters.put("ForwardedFrom", from));
        call.parentSid().ifPresent(parent -> parameters.put("ParentCallSid", parent.text()));
        parameters.put("Revision", Long.toString(call.revision()));
        parameters.putAll(origin);
        return parameters;
    }

    /** What a status callback adds. */
    static Map<String, String> progress(CallRecord call, String status, Map<String, String> origin, int sequence) {
        var parameters = voice(call, status, origin);
        parameters.put("Timestamp", Webhooks.date(call.dateUpdated()));
        parameters.put("CallbackSource", "call-progress-events");
        parameters.put("SequenceNumber", Integer.toString(sequence));
        call.duration().ifPresent(duration -> {
            parameters.put("CallDuration", Long.toString(duration.toSeconds()));
            parameters.put("Duration", Long.toString((duration.toSeconds() + 59) / 60));
        });
        call.sipResponseCode().ifPresent(code -> parameters.put("SipResponseCode", Integer.toString(code)));
        return parameters;
    }
}
