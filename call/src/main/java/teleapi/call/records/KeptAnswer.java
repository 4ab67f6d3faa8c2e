package teleapi.call.records;

import java.util.Map;

/**
 * An answer of the API as it was sent.
 *
 * @param headers those that belong to the answer and not to the connection
 */
public record KeptAnswer(int status, Map<String, String> headers, String contentType, String body) {
    public KeptAnswer {
        headers = Map.copyOf(headers);
    }
}
