package teleapi.store;

import java.sql.SQLException;
import teleapi.call.Sid;
import teleapi.call.records.Notification;

/** Table {@code notifications}; written once, never changed. */
final class NotificationTable implements RecordTable<Notification> {
    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public Row row(Notification notification) {
        return new Row()
                .sid("sid", notification.sid())
                .sid("account_sid", notification.accountSid())
                .sid("call_sid", notification.callSid())
                .time("date_filed", notification.date())
                .flag("error", notification.error())
                .count("code", notification.code())
                .text("message", notification.message())
                .text("request_url", notification.requestUrl());
    }

    @Override
    public Notification read(Columns columns) throws SQLException {
        return new Notification(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.maybeSid("call_sid"),
                columns.time("date_filed"),
                columns.flag("error"),
                (int) columns.count("code"),
                columns.text("message"),
                columns.maybeText("request_url"));
    }

    @Override
    public Sid sid(Notification notification) {
        return notification.sid();
    }

    @Override
    public Sid account(Notification notification) {
        return notification.accountSid();
    }

    @Override
    public long revision(Notification notification) {
        return 0;
    }

    @Override
    public boolean ended(Notification notification) {
        return true;
    }

    @Override
    public boolean once() {
        return true;
    }
}
