package teleapi.call.webhook;

import java.util.Map;
import teleapi.rcml.HttpMethod;

/**
 * A request.
 *
 * @param parameters form fields of a POST, or added to the query of a GET; in order
 * @param headers more headers
 * @param maxBytes a longer body is a failure
 */
public record HttpAsk(
        HttpMethod method, String url, Map<String, String> parameters, Map<String, String> headers, int maxBytes) {}
