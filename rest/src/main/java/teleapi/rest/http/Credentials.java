package teleapi.rest.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;
import teleapi.runtime.Time;

/**
 * Who is asking: HTTP Basic with AccountSid and AuthToken.
 *
 * <pre>
 * Thread  any
 * Errors  Refused 401 with one text for every reason, 403 for an account that is closed, 429 for a source that keeps guessing
 * Source  RFC 7617; reliability.md A7
 * </pre>
 */
final class Credentials {
    /** Of whom there is not: as long as a token is. */
    private static final String NO_TOKEN = "0".repeat(32);

    private final Directory directory;
    private final Guesses guesses;

    Credentials(Directory directory, Time time) {
        this.directory = directory;
        this.guesses = new Guesses(time);
    }

    Account check(Optional<String> authorization, String source) {
        if (authorization.isEmpty()) {
            throw Refused.with(Code.UNAUTHORIZED);
        }
        Optional<Account> account = verified(authorization.get());
        guesses.admit(source, account.map(Account::sid));
        if (account.isEmpty()) {
            guesses.wrong(source);
            throw Refused.with(Code.UNAUTHORIZED);
        }
        guesses.right(source, account.get().sid());
        if (!account.get().active()) {
            throw Refused.with(Code.ACCOUNT_NOT_ACTIVE);
        }
        return account.get();
    }

    private Optional<Account> verified(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        String pair;
        try {
            pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        Optional<Account> account = Sid.parse(Sid.ACCOUNT, pair.substring(0, colon))
                .flatMap(directory::account)
                .filter(found -> !found.authToken().isEmpty());
        // Compared also when there is no such account, so that the time taken does not tell.
        String token = account.map(Account::authToken).orElse(NO_TOKEN);
        boolean same = MessageDigest.isEqual(
                pair.substring(colon + 1).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return account.filter(found -> same);
    }
}
