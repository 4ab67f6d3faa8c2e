package teleapi.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import teleapi.call.Sid;
import teleapi.call.records.KeptAnswer;

/** Table {@code request_keys}. */
final class RequestKeyTable implements RecordTable<RequestRecord> {
    @Override
    public String name() {
        return "request_keys";
    }

    @Override
    public Row row(RequestRecord key) {
        Optional<KeptAnswer> answer = key.answer();
        // Not Row.text, which shortens: an answer is repeated whole or not at all. The API's are free of U+0000.
        return new Row()
                .sid("sid", key.sid())
                .sid("account_sid", key.account())
                .text("request", key.request())
                .flag("ended", key.ended())
                .count("revision", revision(key))
                .time("date_created", key.dateCreated())
                .with("status", answer.map(KeptAnswer::status).orElse(null))
                .with("headers", answer.map(RequestKeyTable::lines).orElse(null))
                .with("content_type", answer.map(KeptAnswer::contentType).orElse(null))
                .with("body", answer.map(KeptAnswer::body).orElse(null));
    }

    @Override
    public RequestRecord read(Columns columns) throws SQLException {
        Optional<String> body = columns.maybeText("body");
        Optional<KeptAnswer> answer = body.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeptAnswer(
                        (int) columns.count("status"),
                        headers(columns.text("headers")),
                        columns.text("content_type"),
                        body.get()));
        return new RequestRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("request"),
                columns.flag("ended"),
                columns.time("date_created"),
                answer);
    }

    @Override
    public Sid sid(RequestRecord key) {
        return key.sid();
    }

    @Override
    public Sid account(RequestRecord key) {
        return key.account();
    }

    /** It is claimed, then it ends: nothing else happens to it. */
    @Override
    public long revision(RequestRecord key) {
        return key.ended() ? 2 : 1;
    }

    @Override
    public boolean ended(RequestRecord key) {
        return key.ended();
    }

    private static String lines(KeptAnswer answer) {
        return answer.headers().entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return headers;
    }
}
