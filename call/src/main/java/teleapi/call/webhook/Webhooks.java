package teleapi.call.webhook;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.World;

/**
 * Signed requests to an account's application servers.
 *
 * <pre>
 * Shape   documents at most 64 KiB
 * Thread  any; the exchange runs beside, {@code told} is called there and must only post
 * Source  CONTRACT section 4; reference/peers.md 2.8
 * </pre>
 */
public final class Webhooks {
    /** Peers refuse more (11750); a document is text for one call. */
    private static final int LARGEST_DOCUMENT = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final World world;
    private final Http http;
    private final Deliveries deliveries = new Deliveries();

    public Webhooks(World world, Http http) {
        this.world = world;
        this.http = http;
    }

    /** What status callbacks of all calls share. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** A moment as webhooks write it. */
    public static String date(Instant moment) {
        return RFC_2822.format(moment);
    }

    /** Sends and tells what came of it. */
    public void request(
            String authToken, HttpMethod method, String url, Map<String, String> parameters, Consumer<HttpReply> told) {
        world.start("webhook", () -> told.accept(exchange(authToken, method, url, parameters)));
    }

    /** Sends and waits; only on a thread that may. */
    public HttpReply exchange(String authToken, HttpMethod method, String url, Map<String, String> parameters) {
        return exchange(authToken, method, url, parameters, LARGEST_DOCUMENT);
    }

    /** The same, where a sound may be the answer. */
    public HttpReply file(String authToken, HttpMethod method, String url, Map<String, String> parameters) {
        return exchange(authToken, method, url, parameters, Sounds.LARGEST_FILE);
    }

    private HttpReply exchange(
            String authToken, HttpMethod method, String url, Map<String, String> parameters, int largest) {
        try {
            String signature = Signature.of(
                    authToken,
                    Urls.requested(method, url, parameters),
                    method == HttpMethod.POST ? parameters : Map.of());
            return http.send(new HttpAsk(
                    method,
                    url,
                    parameters,
                    Map.of("X-Twilio-Signature", signature, "X-Teleapi-Signature", signature),
                    largest));
        } catch (RuntimeException bug) {
            // A call waits for this without a limit of its own: whatever goes wrong is an answer.
            LOG.error("request of {} fails by a fault of ours", Urls.withoutSecrets(url), bug);
            return new HttpReply.Failed(11200, Urls.withoutUser(url) + " cannot be requested: " + bug);
        }
    }
}
