package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.Page;

/** Notifications. */
record StoredNotifications(Archive<Notification> archive) implements Notifications {
    @Override
    public void write(Notification notification) {
        archive.write(notification);
    }

    @Override
    public Page<Notification> list(Sid account, Optional<Sid> call, int page, int size) {
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("call_sid", call.map(Sid::text));
        return archive.list("notifications", conditions, "date_filed DESC, sid DESC", page, size);
    }
}
