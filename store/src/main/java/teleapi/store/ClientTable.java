package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Client;

/** Table {@code clients}. */
final class ClientTable implements ShelfTable<Client> {
    @Override
    public String name() {
        return "clients";
    }

    @Override
    public Row row(Client client) {
        Row row = new Row()
                .sid("sid", client.sid())
                .sid("account_sid", client.accountSid())
                .text("login", client.login())
                .text("password", client.password())
                .text("friendly_name", client.friendlyName());
        return VoiceColumns.add(row, client.voice())
                .time("date_created", client.dateCreated())
                .time("date_updated", client.dateUpdated());
    }

    @Override
    public Client read(Columns columns) throws SQLException {
        return new Client(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("login"),
                columns.text("password"),
                columns.text("friendly_name"),
                VoiceColumns.read(columns),
                columns.time("date_created"),
                columns.time("date_updated"));
    }

    @Override
    public Sid sid(Client client) {
        return client.sid();
    }

    @Override
    public boolean visible(Client client, Sid account) {
        return client.accountSid().equals(account);
    }

    @Override
    public Optional<String> key(Client client) {
        return Optional.of(client.login());
    }

    @Override
    public String keyName() {
        return "Login";
    }
}
