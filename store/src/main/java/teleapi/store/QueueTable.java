package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.QueueSettings;

/** Table {@code queues}. */
final class QueueTable implements ShelfTable<QueueSettings> {
    @Override
    public String name() {
        return "queues";
    }

    @Override
    public Row row(QueueSettings queue) {
        return new Row()
                .sid("sid", queue.sid())
                .sid("account_sid", queue.accountSid())
                .text("friendly_name", queue.friendlyName())
                .count("max_size", queue.maxSize())
                .time("date_created", queue.dateCreated())
                .time("date_updated", queue.dateUpdated());
    }

    @Override
    public QueueSettings read(Columns columns) throws SQLException {
        return new QueueSettings(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("friendly_name"),
                Math.toIntExact(columns.count("max_size")),
                columns.time("date_created"),
                columns.time("date_updated"));
    }

    @Override
    public Sid sid(QueueSettings queue) {
        return queue.sid();
    }

    @Override
    public boolean visible(QueueSettings queue, Sid account) {
        return queue.accountSid().equals(account);
    }

    @Override
    public Optional<String> key(QueueSettings queue) {
        return Optional.of(key(queue.accountSid(), queue.friendlyName()));
    }

    @Override
    public String keyName() {
        return "FriendlyName";
    }

    static String key(Sid account, String name) {
        return account + " " + name;
    }
}
