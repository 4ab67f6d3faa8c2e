package teleapi.call.directory;

/**
 * Makes, changes and removes what {@link Directory} finds. What it has answered is kept, and found by the very next look-up.
 *
 * <pre>
 * Thread  any that may wait: never a script, a SIP worker or a media loop
 * Errors  RecordsUnavailable when the database does not answer; nothing has changed then
 * Source  CONTRACT section 2 "Accounts, numbers, clients"
 * </pre>
 */
public interface Provisioning {
    /** Accounts; each owner sees itself and its sub-accounts, and can remove only those. */
    Shelf<Account> accounts();

    Shelf<PhoneNumber> numbers();

    Shelf<Client> clients();

    Shelf<Application> applications();

    Shelf<QueueSettings> queues();
}
