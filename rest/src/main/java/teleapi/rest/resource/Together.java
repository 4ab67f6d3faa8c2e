package teleapi.rest.resource;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import teleapi.call.BatchStatus;
import teleapi.call.Change;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Form;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Value;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * {@code POST Modifications}: several changes of calls and conferences of the account, all or nothing.
 *
 * <pre>
 * Shape   parameter Changes: a JSON array of at most 50 objects; each has CallSid and the parameters of POST Calls/{CallSid}, or CallSid and
 *         those of a participant, or ConferenceSid and Status=completed
 * Thread  the request's, which waits; the changes are made whether it still waits or not
 * Errors  400 names the change, counted from 0; 422: one failed, and nothing has changed; 409: one was overtaken by the end of its call or by
 *         another request when all had been checked, or, of a dry run, would be refused
 * Source  ADR-0010
 * </pre>
 */
final class Together {
    private static final int MOST_CHANGES = 50;
    private static final JsonMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(4).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Parts parts;
    private final ModificationLog log;

    Together(Parts parts, ModificationLog log) {
        this.parts = parts;
        this.log = log;
    }

    /** What either side tells: the batch as a whole, or one of its modifications. */
    private sealed interface Told {
        record Whole(BatchStatus status) implements Told {}

        record Part(int index, ModificationStatus status) implements Told {}
    }

    Reply modify(Ask ask) {
        Deadline deadline =
                parts.world().time().after(Prefer.of(ask.header("prefer")).longest());
        if (!ask.header("if-match").isEmpty()) {
            throw Refused.with(
                    Code.BAD_REQUEST, "If-Match: is for one call; send the change with it to POST Calls/{CallSid}");
        }
        List<Map<String, String>> wanted = read(ask.parameters());
        boolean dryRun = ModificationRequest.dryRun(ask.parameters());
        Mailbox<Told> told = parts.world().mailbox("modifications", 4 * MOST_CHANGES);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            changes.add(change(ask, i, wanted.get(i), dryRun, told));
        }
        Sid account = ask.account().sid();
        List<ModificationRecord> opened = changes.stream()
                .filter(change -> change instanceof Change.OfCall)
                .map(change -> (Change.OfCall) change)
                .map(change -> log.opened(change.modification().sid(), account, change.call()))
                .toList();
        OptionalInt notLive = parts.liveCalls().modify(account, changes, status -> told.post(new Told.Whole(status)));
        if (notLive.isPresent()) {
            opened.forEach(log::refused);
            throw notLive(account, changes.get(notLive.getAsInt())).in("Changes[" + notLive.getAsInt() + "]");
        }
        opened.forEach(log::accepted);
        return answer(changes, opened, told, deadline, dryRun, dryRun ? plans(account, changes) : List.of());
    }

    /** As of one alone: it has ended, or there is none. */
    private Refused notLive(Sid account, Change change) {
        boolean ended = switch (change) {
            case Change.OfCall(Sid call, var modification) ->
                parts.calls().find(account, call).isPresent();
            case Change.EndOfConference(Sid conference, boolean dryRun) ->
                parts.conferences().find(account, conference).isPresent();
        };
        return ended
                ? Refused.with(change instanceof Change.OfCall ? Code.CALL_ENDED : Code.CONFERENCE_ENDED)
                : Refused.with(Code.NOT_FOUND, "no such live call or conference");
    }

    /** What becomes of the conferences and of those who are in them. */
    private List<Fields> plans(Sid account, List<Change> changes) {
        return changes.stream()
                .filter(change -> change instanceof Change.EndOfConference)
                .map(change -> ((Change.EndOfConference) change).conference())
                .map(conference -> new Fields()
                        .text("conference_sid", conference.text())
                        .group("plan", CallDescription.plan(Conferences.plan(parts, account, conference))))
                .toList();
    }

    private Change change(Ask ask, int index, Map<String, String> fields, boolean dryRun, Mailbox<Told> told) {
        var values = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, value) -> values.put(name, List.of(value)));
        Parameters parameters = new Parameters(new Form(values));
        try {
            if (parameters.has("DryRun")) {
                throw Refused.parameter(Code.EXCLUDES, "DryRun", "of all changes or of none: it stands beside Changes");
            }
            Optional<Sid> conference = parameters.sid("ConferenceSid", Sid.CONFERENCE);
            Optional<Sid> wanted = parameters.sid("CallSid", Sid.CALL);
            if (conference.isPresent() && wanted.isEmpty()) {
                if (!parameters.text("Status").equals(Optional.of("completed"))) {
                    throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be completed for a conference");
                }
                if (parameters.has("AnnounceUrl")) {
                    throw Refused.parameter(Code.EXCLUDES, "AnnounceUrl", "not together with Status");
                }
                return new Change.EndOfConference(conference.get(), dryRun);
            }
            Sid call = wanted.orElseThrow(
                    () -> Refused.parameter(Code.INVALID_PARAMETER, "CallSid", "is missing, and so is ConferenceSid"));
            Sid account = ask.account().sid();
            boolean participant = conference.isPresent()
                    || ParticipantRequest.participation(parameters, account, conference, parts.liveCalls())
                            .isPresent();
            if (participant) {
                parameters.refuse(
                        ModificationRequest.OF_CALLS_ALONE, Code.EXCLUDES, "not together with what a participant has");
            }
            ModificationRequest request = participant
                    ? ParticipantRequest.change(parameters, account, conference, parts.liveCalls())
                    : ModificationRequest.read(parameters);
            Sid sid = Sid.fresh(Sid.MODIFICATION, parts.world());
            return new Change.OfCall(
                    call,
                    request.dry(dryRun).modification(sid, account, parts.liveCalls(), OptionalLong.empty(), status -> {
                        log.told(status);
                        told.post(new Told.Part(index, status));
                    }));
        } catch (Refused refused) {
            throw refused.in("Changes[" + index + "]");
        }
    }

    /** {@code opened}: those of calls, in the order of the changes. */
    private static Reply answer(
            List<Change> changes,
            List<ModificationRecord> opened,
            Mailbox<Told> told,
            Deadline deadline,
            boolean dryRun,
            List<Fields> conferences) {
        Optional<BatchStatus> whole = Optional.empty();
        Map<Integer, ModificationStatus> each = new LinkedHashMap<>();
        long calls = changes.stream()
                .filter(change -> change instanceof Change.OfCall)
                .count();
        while (whole.filter(status -> status.state().last()).isEmpty()
                || each.values().stream()
                                .filter(status -> status.state().last())
                                .count()
                        < calls) {
            Optional<Told> next = told.take(deadline);
            if (next.isEmpty()) {
                break;
            }
            switch (next.get()) {
                case Told.Whole(BatchStatus status) -> whole = Optional.of(status);
                case Told.Part(int index, ModificationStatus status) -> {
                    if (status.state() != ModificationStatus.State.HEARD) {
                        each.put(index, status);
                    }
                }
            }
        }
        Optional<BatchStatus> failed =
                whole.filter(status -> !dryRun && status.state() == ModificationStatus.State.FAILED);
        boolean all = whole.filter(status -> status.state().last()).isPresent()
                && each.values().stream()
                                .filter(status -> status.state().last())
                                .count()
                        == calls;
        Optional<Integer> missed = each.entrySet().stream()
                .filter(change -> refused(change.getValue().state()))
                .map(Map.Entry::getKey)
                .findFirst();
        Fields body = new Fields();
        int code = all ? 200 : 202;
        if (failed.isPresent()) {
            code = 422;
            BatchStatus why = failed.get();
            error(body, code, why.code(), "change " + why.failed() + ": " + why.reason() + "; nothing has changed");
        } else if (all && missed.isPresent()) {
            // A call that ended, or was changed by another request, between the last check and the change.
            code = Code.CONFLICT.status();
            ModificationStatus why = java.util.Objects.requireNonNull(each.get(missed.get()));
            String others = dryRun ? "" : "; the others have been made";
            error(body, code, Code.CONFLICT.number(), "change " + missed.get() + ": " + why.reason() + others);
        }
        body.with("modifications", new Value.Items("Modification", modifications(changes, opened, each)));
        if (dryRun) {
            body.with("conferences", new Value.Items("Conference", conferences));
        }
        return Reply.described(code, "Modifications", body);
    }

    /** Also those of which their calls have told nothing yet: by their Sids it is told later. */
    private static List<Fields> modifications(
            List<Change> changes, List<ModificationRecord> opened, Map<Integer, ModificationStatus> told) {
        var all = new ArrayList<Fields>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Change.OfCall) {
                ModificationRecord first = opened.get(all.size());
                all.add(Optional.ofNullable(told.get(i))
                        .map(status -> CallDescription.modification(status))
                        .orElseGet(() -> CallDescription.modification(first)));
            }
        }
        return all;
    }

    private static boolean refused(ModificationStatus.State state) {
        return switch (state) {
            case FAILED, SUPERSEDED, CONFLICT, PRECONDITION, ENDED -> true;
            case ACCEPTED, PREPARING, APPLIED, HEARD, PLANNED -> false;
        };
    }

    private static void error(Fields body, int status, int code, String message) {
        body.count("code", code)
                .text("message", message)
                .text("more_info", Reply.moreInfo(code))
                .count("status", status);
    }

    private static List<Map<String, String>> read(Parameters parameters) {
        String text = parameters
                .raw("Changes")
                .filter(changes -> !changes.isBlank())
                .orElseThrow(() -> Refused.with(Code.NOTHING_TO_DO, "Changes is missing"));
        JsonNode array;
        try {
            array = JSON.readTree(text);
        } catch (DatabindException more) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Changes", "goes on after its end");
        } catch (JacksonException wrong) {
            // What it says of its source is about its own settings.
            String why = wrong.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
            throw Refused.parameter(Code.INVALID_PARAMETER, "Changes", "is not JSON: " + why);
        }
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_CHANGES) {
            throw Refused.parameter(
                    Code.INVALID_PARAMETER, "Changes", "must be an array of 1 to " + MOST_CHANGES + " objects");
        }
        var changes = new ArrayList<Map<String, String>>();
        for (JsonNode item : array) {
            if (!item.isObject()) {
                throw Refused.parameter(Code.INVALID_PARAMETER, "Changes[" + changes.size() + "]", "must be an object");
            }
            var fields = new LinkedHashMap<String, String>();
            for (Map.Entry<String, JsonNode> field : item.properties()) {
                if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                    throw Refused.parameter(
                            Code.INVALID_PARAMETER,
                            "Changes[" + changes.size() + "]." + field.getKey(),
                            "must be text, a number or true or false");
                }
                fields.put(field.getKey(), field.getValue().asText());
            }
            changes.add(fields);
        }
        return changes;
    }
}
