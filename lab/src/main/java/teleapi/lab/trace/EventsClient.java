package teleapi.lab.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the API about calls and their events.
 *
 * <pre>
 * Thread  one, which waits
 * Errors  TraceException with one line that says what to do
 * </pre>
 */
final class EventsClient implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();
    private final String server;
    private final String base;
    private final String authorization;

    EventsClient(String server, String account, String token) {
        this.server = server;
        this.base = "http://" + server + "/teleapi/2012-04-24/Accounts/" + account + "/";
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((account + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    TracedCall call(String sid) throws TraceException {
        return call(get("Calls/" + sid + ".json", sid));
    }

    /** Those that its Dials have made, the newest first. */
    List<TracedCall> children(TracedCall parent) throws TraceException {
        var children = new ArrayList<TracedCall>();
        for (JsonNode child : get("Calls.json?PageSize=1000&ParentCallSid=" + parent.sid(), parent.sid())
                .path("calls")) {
            children.add(call(child));
        }
        return children;
    }

    /** All that is known of it, oldest first. */
    List<TracedEvent> events(TracedCall call) throws TraceException {
        var events = new ArrayList<TracedEvent>();
        for (JsonNode event : get("Calls/" + call.sid() + "/Events.json?PageSize=1000", call.sid())
                .path("events")) {
            events.add(new TracedEvent(
                    call,
                    event.path("number").asLong(),
                    Instant.parse(event.path("date").asText()),
                    event.path("kind").asText(),
                    event.path("direction").asText(),
                    event.path("peer").asText(),
                    event.path("what").asText(),
                    details(event.path("details"))));
        }
        return events;
    }

    private static Map<String, String> details(JsonNode node) {
        var details = new LinkedHashMap<String, String>();
        node.properties()
                .forEach(
                        detail -> details.put(detail.getKey(), detail.getValue().asText()));
        return details;
    }

    private static TracedCall call(JsonNode call) {
        return new TracedCall(
                call.path("sid").asText(),
                call.path("parent_call_sid").isNull()
                        ? ""
                        : call.path("parent_call_sid").asText(),
                call.path("direction").asText(),
                call.path("from").asText(),
                call.path("to").asText(),
                call.path("status").asText());
    }

    private JsonNode get(String path, String call) throws TraceException {
        HttpResponse<String> reply;
        try {
            reply = http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(LONGEST)
                            .header("Authorization", authorization)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException wrong) {
            throw new TraceException("not HOST:PORT: " + server + "; correct --http");
        } catch (IOException | InterruptedException gone) {
            throw new TraceException(
                    "no server answers at " + server + "; start it, or say where it is with --http HOST:PORT");
        }
        switch (reply.statusCode()) {
            case 200 -> {}
            case 401 ->
                throw new TraceException("the server does not know this account and token; correct --account and"
                        + " --token, or TELEAPI_ACCOUNT_SID and TELEAPI_AUTH_TOKEN");
            case 404 -> throw new TraceException("the account has no call " + call);
            default -> throw new TraceException("the server answers " + reply.statusCode() + ": " + reply.body());
        }
        try {
            return json.readTree(reply.body());
        } catch (JsonProcessingException other) {
            throw new TraceException("what answers at " + server + " is no teleapi; correct --http");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
