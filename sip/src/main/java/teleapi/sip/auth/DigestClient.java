package teleapi.sip.auth;

import java.util.HexFormat;
import java.util.Optional;
import teleapi.runtime.Randomness;
import teleapi.sip.Credentials;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipResponse;

/**
 * Answers digest challenges.
 *
 * <pre>
 * Thread  any: it has no state
 * Errors  empty when there is no challenge that can be answered: the 401 or 407 is then the final answer
 * Source  RFC 7616 §3.4, RFC 8760 §2.4, RFC 3261 §22. Credentials are the caller's to keep to the target they belong to
 * </pre>
 */
public final class DigestClient {
    private static final String FIRST_USE = "00000001";

    private final Randomness randomness;

    public DigestClient(Randomness randomness) {
        this.randomness = randomness;
    }

    /** The challenge of a 401 or 407 that we would answer: the first that we understand. Its {@code stale} tells whether a second try is worth it. */
    public static Optional<Challenge> challenge(SipResponse response) {
        return demand(response)
                .flatMap(demand -> response.headers(demand.challengeHeader()).stream()
                        .map(Challenge::parse)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** The header to send the same request again with: a new branch, the next CSeq. */
    public Optional<Header> answer(SipResponse response, String method, String requestUri, Credentials credentials) {
        Optional<Challenge> challenge = challenge(response);
        Optional<Demand> demand = demand(response);
        if (challenge.isEmpty() || demand.isEmpty()) {
            return Optional.empty();
        }
        Authorization answer = answer(challenge.get(), method, requestUri, credentials);
        return Optional.of(new Header(demand.get().credentialsHeader(), answer.value()));
    }

    private Authorization answer(Challenge challenge, String method, String requestUri, Credentials credentials) {
        Optional<Authorization.Count> count =
                challenge.qop() ? Optional.of(new Authorization.Count(FIRST_USE, clientNonce())) : Optional.empty();
        Authorization open = new Authorization(
                credentials.username(),
                challenge.realm(),
                challenge.nonce(),
                requestUri,
                "",
                challenge.algorithm(),
                challenge.opaque(),
                count);
        return new Authorization(
                open.username(),
                open.realm(),
                open.nonce(),
                open.uri(),
                open.expected(method, credentials.password()),
                open.algorithm(),
                open.opaque(),
                open.count());
    }

    private static Optional<Demand> demand(SipResponse response) {
        return switch (response.status()) {
            case 401 -> Optional.of(Demand.SERVER);
            case 407 -> Optional.of(Demand.PROXY);
            default -> Optional.empty();
        };
    }

    private String clientNonce() {
        byte[] bytes = new byte[16];
        randomness.fill(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
