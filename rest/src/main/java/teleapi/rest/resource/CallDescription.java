package teleapi.rest.resource;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import teleapi.call.ControlState;
import teleapi.call.ModificationStatus;
import teleapi.call.Plan;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ModificationRecord;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Value;

/** How a call and its modifications are shown: the 26 keys that SDKs know, and ours. */
final class CallDescription {
    private CallDescription() {}

    static Fields call(CallRecord call, Ask ask) {
        String uri = ask.base() + "/Calls/" + call.sid();
        Fields subresources = new Fields()
                .text("notifications", uri + "/Notifications" + ask.format().suffix())
                .text("recordings", uri + "/Recordings" + ask.format().suffix())
                .text("streams", uri + "/Streams" + ask.format().suffix());
        return new Fields()
                .text("sid", call.sid().text())
                .date("date_created", call.dateCreated())
                .date("date_updated", call.dateUpdated())
                .text("parent_call_sid", call.parentSid().map(Sid::text))
                .text("account_sid", call.accountSid().text())
                .text("to", call.to())
                .text("to_formatted", call.to())
                .text("from", call.from())
                .text("from_formatted", call.from())
                .text("phone_number_sid", call.phoneNumberSid().map(Sid::text))
                .text("status", call.status().text())
                .moment("start_time", call.startTime())
                .moment("end_time", call.endTime())
                .quantity("duration", call.duration().map(Duration::toSeconds))
                .nothing("price")
                .text("price_unit", "USD")
                .text("direction", call.direction().text())
                .nothing("answered_by")
                .text("api_version", ask.dialect().version())
                .text("forwarded_from", call.forwardedFrom())
                .nothing("group_sid")
                .text("caller_name", call.callerName())
                .quantity("queue_time", Optional.of(0L))
                .nothing("trunk_sid")
                .text("uri", uri + ask.format().suffix())
                .group("subresource_uris", subresources)
                .extra("ring_duration", quantity(call.ringDuration().map(Duration::toSeconds)))
                .extra("conference_sid", text(call.conferenceSid().map(Sid::text)))
                .extra("revision", new Value.Count(call.revision()))
                .extra("muted", new Value.Flag(call.muted()))
                .extra("cause", text(call.cause()))
                .extra(
                        "sip_response_code",
                        call.sipResponseCode().isPresent()
                                ? new Value.Count(call.sipResponseCode().getAsInt())
                                : new Value.Nothing());
    }

    /** A call and the live controls in force on it. */
    static Fields call(CallRecord call, ControlState controls, Ask ask) {
        return call(call, ask)
                .extra("deaf", new Value.Flag(controls.deaf()))
                .extra("on_hold", new Value.Flag(controls.held()))
                .extra(
                        "recording_sid",
                        text(controls.recording().map(one -> one.sid().text())))
                .extra(
                        "recording_status",
                        text(controls.recording().map(one -> one.status().text())));
    }

    /** The call, and in it what became of the modification. */
    static Fields modified(ModificationStatus status, CallRecord call, Ask ask) {
        return call(call, status.controls(), ask).group("modification", modification(status));
    }

    /** The answer that shows it, with the revision that If-Match may name. */
    static Reply reply(int status, CallRecord call, Fields fields) {
        return Reply.described(status, "Call", fields).header("ETag", tag(call));
    }

    /** RFC 9110 §8.8.3: the revision as an entity tag. */
    static String tag(CallRecord call) {
        return "\"" + call.revision() + "\"";
    }

    static Fields modification(ModificationStatus status) {
        Fields described = modification(
                status.sid(), status.call().sid(), status.state(), status.code(), status.reason(), status.timings());
        status.plan().ifPresent(plan -> described.group("plan", plan(plan)));
        return described;
    }

    static Fields plan(Plan plan) {
        return new Fields()
                .with("legs", texts("Leg", plan.legs().stream().map(Sid::text).toList()))
                .with("ends", texts("End", plan.ends()))
                .with("requests", texts("Request", plan.requests()))
                .with("remarks", texts("Remark", plan.remarks()));
    }

    static Fields modification(ModificationRecord record) {
        return modification(
                record.sid(), record.callSid(), record.state(), record.code(), record.reason(), record.timings());
    }

    private static Fields modification(
            Sid sid, Sid call, ModificationStatus.State state, int code, String reason, Map<String, Duration> marks) {
        Fields timings = new Fields();
        marks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(timing ->
                        timings.count(timing.getKey(), timing.getValue().toMillis()));
        return new Fields()
                .text("sid", sid.text())
                .text("call_sid", call.text())
                .text("status", word(state))
                .count("code", code)
                .text("reason", reason)
                .group("timings", timings);
    }

    private static Value texts(String element, List<String> texts) {
        return new Value.Texts(element, texts);
    }

    /** The five words of the contract: what ended or conflicted has failed. */
    private static String word(ModificationStatus.State state) {
        return switch (state) {
            case ACCEPTED, PREPARING, APPLIED, FAILED, SUPERSEDED, PLANNED ->
                state.name().toLowerCase(Locale.ROOT);
            case HEARD -> "applied";
            case ENDED, CONFLICT, PRECONDITION -> "failed";
        };
    }

    private static Value text(Optional<String> text) {
        return text.<Value>map(Value.Text::new).orElseGet(Value.Nothing::new);
    }

    private static Value quantity(Optional<Long> count) {
        return count.<Value>map(Value.Quantity::new).orElseGet(Value.Nothing::new);
    }
}
