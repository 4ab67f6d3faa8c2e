package teleapi.rcml;

import java.util.List;
import java.util.Optional;

/**
 * What Number, Client and Sip have in common.
 *
 * @param url a document that runs on the dialled leg before it is joined
 * @param statusCallbackEvents of initiated, ringing, answered, completed
 */
public record LegOptions(
        Optional<String> url,
        HttpMethod method,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        List<String> statusCallbackEvents) {}
