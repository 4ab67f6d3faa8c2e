package teleapi.flows;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.call.Accepted;
import teleapi.call.Created;
import teleapi.call.NewCall;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.call.records.CallRecord;
import teleapi.rcml.HttpMethod;

/**
 * Does what a desk's line of a flow asks for, and tells what teleapi answers.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * </pre>
 */
final class FlowDesk {
    private final House house;
    private final Map<String, String> sids;
    private final Consumer<String> answered;

    /** {@code sids} gets those of what is made; {@code answered} the answers, in words of a flow. */
    FlowDesk(House house, Map<String, String> sids, Consumer<String> answered) {
        this.house = house;
        this.sids = sids;
        this.answered = answered;
    }

    void request(String what) {
        String[] words = what.split(" +(?=[A-Z][A-Za-z]*=)", -1);
        var fields = new LinkedHashMap<String, String>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        String path = words[0].substring("POST ".length()).strip();
        if (path.equals("/Calls")) {
            create(fields);
        } else {
            modify(path.substring("/Calls/".length()), fields);
        }
    }

    private void create(Map<String, String> fields) {
        Created created = house.switchboard.create(new NewCall(
                house.account.sid(),
                fields.getOrDefault("From", ""),
                fields.getOrDefault("To", ""),
                new DeskRequest(fields, house).document().orElseThrow(),
                Optional.ofNullable(fields.get("StatusCallback"))
                        .map(url -> new StatusCallback(
                                "http://app" + url, HttpMethod.POST, Set.of(StatusCallback.Event.values()))),
                Duration.ofSeconds(Integer.parseInt(fields.getOrDefault("Timeout", "60"))),
                Duration.ofSeconds(Integer.parseInt(fields.getOrDefault("TimeLimit", "14400"))),
                ""));
        switch (created) {
            case Created.Call(CallRecord record) -> {
                sids.put("new", record.sid().text());
                answered.accept("201");
            }
            case Created.Refused refused -> answered.accept(Integer.toString(refused.httpStatus()));
        }
    }

    private void modify(String call, Map<String, String> fields) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, house.world);
        sids.put("modification", sid.text());
        Accepted accepted = house.switchboard.modify(
                house.account.sid(), new Sid(call), new DeskRequest(fields, house).modification(sid, status -> {
                            if (status.state().last()) {
                                answered.accept(status.state().name().toLowerCase(Locale.ROOT)
                                        + (status.code() == 0 ? "" : " " + status.code()) + " "
                                        + status.call().status().text());
                            }
                        }));
        if (accepted != Accepted.YES) {
            answered.accept("410");
        }
    }
}
