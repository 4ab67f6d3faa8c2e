package teleapi.call.directory;

import java.util.Optional;
import teleapi.call.Sid;

/**
 * Looks up who may call and be called.
 *
 * <pre>
 * Thread  any, SIP workers included: answers from memory, never waits
 * Source  ADR-0007
 * </pre>
 */
public interface Directory {
    Optional<Account> account(Sid account);

    /** The account, unless it is suspended. */
    default Optional<Account> activeAccount(Sid account) {
        return account(account).filter(Account::active);
    }

    /** The number as dialled; with and without + are the same. */
    Optional<PhoneNumber> number(String phoneNumber);

    /** The client with this login; logins are unique over all accounts, since a phone only knows user and password. */
    Optional<Client> client(String login);

    /** The client of this account with this login. */
    default Optional<Client> client(Sid account, String login) {
        return client(login).filter(client -> client.accountSid().equals(account));
    }

    Optional<Application> application(Sid application);

    /** Where the document to run is: at an application's URL, if it has one, which wins over {@code url}. */
    default Optional<String> document(Optional<Sid> application, Optional<String> url) {
        return application
                .flatMap(this::application)
                .flatMap(Application::rcmlUrl)
                .or(() -> url);
    }

    /** What is kept of an account's queue of this name. */
    Optional<QueueSettings> queue(Sid account, String friendlyName);
}
