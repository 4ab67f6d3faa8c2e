package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;

/** Table {@code accounts}. The token is kept as it is: webhooks are signed with it. */
final class AccountTable implements ShelfTable<Account> {
    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public Row row(Account account) {
        return new Row()
                .sid("sid", account.sid())
                .sid("parent_sid", account.parent())
                .text("friendly_name", account.friendlyName())
                .text("email_address", account.emailAddress())
                .flag("active", account.active())
                .text("auth_token", account.authToken())
                .time("date_created", account.dateCreated())
                .time("date_updated", account.dateUpdated());
    }

    @Override
    public Account read(Columns columns) throws SQLException {
        return new Account(
                columns.sid("sid"),
                columns.maybeSid("parent_sid"),
                columns.text("friendly_name"),
                columns.text("email_address"),
                columns.flag("active"),
                columns.text("auth_token"),
                columns.time("date_created"),
                columns.time("date_updated"));
    }

    @Override
    public Sid sid(Account account) {
        return account.sid();
    }

    @Override
    public boolean visible(Account account, Sid to) {
        return account.sid().equals(to) || account.parent().equals(Optional.of(to));
    }
}
