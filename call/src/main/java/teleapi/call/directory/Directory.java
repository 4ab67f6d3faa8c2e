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

    /** The number as dialled; with and without + are the same. */
    Optional<PhoneNumber> number(String phoneNumber);

    /** The client with this login; logins are unique over all accounts, since a phone only knows user and password. */
    Optional<Client> client(String login);

    Optional<Application> application(Sid application);

    /** What is kept of an account's queue of this name. */
    Optional<QueueSettings> queue(Sid account, String friendlyName);
}
