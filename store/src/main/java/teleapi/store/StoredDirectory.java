package teleapi.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Application;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.Provisioning;
import teleapi.call.directory.QueueSettings;
import teleapi.call.directory.Shelf;

/** The shelves, seen by {@code call} as a directory and by {@code rest} as something to fill. */
final class StoredDirectory implements Directory, Provisioning {
    private final StoredShelf<Account> accounts;
    private final StoredShelf<PhoneNumber> numbers;
    private final StoredShelf<Client> clients;
    private final StoredShelf<Application> applications;
    private final StoredShelf<QueueSettings> queues;

    StoredDirectory(Database database, Clerk clerk) {
        numbers = new StoredShelf<>(new NumberTable(), database, clerk, StoredShelf.Alongside.nothing());
        clients = new StoredShelf<>(new ClientTable(), database, clerk, StoredShelf.Alongside.nothing());
        applications = new StoredShelf<>(new ApplicationTable(), database, clerk, StoredShelf.Alongside.nothing());
        queues = new StoredShelf<>(new QueueTable(), database, clerk, StoredShelf.Alongside.nothing());
        accounts = new StoredShelf<>(new AccountTable(), database, clerk, new OfAccount());
    }

    void load() {
        accounts.load();
        numbers.load();
        clients.load();
        applications.load();
        queues.load();
    }

    /** Nobody has an account yet. */
    boolean empty() {
        return accounts.empty();
    }

    @Override
    public Optional<Account> account(Sid account) {
        return accounts.get(account);
    }

    @Override
    public Optional<PhoneNumber> number(String phoneNumber) {
        return numbers.byKey(NumberTable.key(phoneNumber));
    }

    @Override
    public Optional<Client> client(String login) {
        return clients.byKey(login);
    }

    @Override
    public Optional<Application> application(Sid application) {
        return applications.get(application);
    }

    @Override
    public Optional<QueueSettings> queue(Sid account, String friendlyName) {
        return queues.byKey(QueueTable.key(account, friendlyName));
    }

    @Override
    public Shelf<Account> accounts() {
        return accounts;
    }

    @Override
    public Shelf<PhoneNumber> numbers() {
        return numbers;
    }

    @Override
    public Shelf<Client> clients() {
        return clients;
    }

    @Override
    public Shelf<Application> applications() {
        return applications;
    }

    @Override
    public Shelf<QueueSettings> queues() {
        return queues;
    }

    /** An account takes what it has along; nobody removes the account he is. */
    private final class OfAccount implements StoredShelf.Alongside<Account> {
        @Override
        public boolean removable(Account account, Sid by) {
            return !account.sid().equals(by);
        }

        @Override
        public void inDatabase(Handle handle, Account account) {
            numbers.removeAll(handle, account.sid());
            clients.removeAll(handle, account.sid());
            applications.removeAll(handle, account.sid());
            queues.removeAll(handle, account.sid());
        }

        @Override
        public void inMemory(Account account) {
            numbers.forgetAll(account.sid());
            clients.forgetAll(account.sid());
            applications.forgetAll(account.sid());
            queues.forgetAll(account.sid());
        }
    }
}
