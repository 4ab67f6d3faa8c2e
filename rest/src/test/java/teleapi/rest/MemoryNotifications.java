package teleapi.rest;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.Page;
import teleapi.runtime.World;

/** One notification, whosever it is. */
record MemoryNotifications(World world) implements Notifications {
    @Override
    public void write(Notification notification) {}

    @Override
    public Page<Notification> list(Sid account, Optional<Sid> call, int page, int size) {
        Notification one = new Notification(
                new Sid("NO" + "0".repeat(32)),
                account,
                call,
                world.time().now(),
                true,
                11200,
                "no answer",
                Optional.empty());
        return new Page<>(List.of(one), page, size, 1);
    }
}
