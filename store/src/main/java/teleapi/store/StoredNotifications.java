package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.Page;

/** Notifications, kept as {@link StoredCalls} are. */
final class StoredNotifications implements Notifications {
    private final NotificationTable table;
    private final Database database;
    private final Outbox<Notification> outbox;
    private final Settling settling;

    StoredNotifications(NotificationTable table, Database database, Outbox<Notification> outbox, Settling settling) {
        this.table = table;
        this.database = database;
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public void write(Notification notification) {
        outbox.put(notification);
    }

    @Override
    public Page<Notification> list(Sid account, Optional<Sid> call, int page, int size) {
        settling.await();
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("call_sid", call.map(Sid::text));
        return database.ask(
                "notifications cannot be read",
                jdbi -> jdbi.withHandle(
                        handle -> Records.page(handle, table, conditions, "date_filed DESC, sid DESC", page, size)));
    }
}
