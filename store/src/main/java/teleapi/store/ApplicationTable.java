package teleapi.store;

import java.sql.SQLException;
import teleapi.call.Sid;
import teleapi.call.directory.Application;

/** Table {@code applications}. */
final class ApplicationTable implements ShelfTable<Application> {
    @Override
    public String name() {
        return "applications";
    }

    @Override
    public Row row(Application application) {
        return new Row()
                .sid("sid", application.sid())
                .sid("account_sid", application.accountSid())
                .text("friendly_name", application.friendlyName())
                .text("rcml_url", application.rcmlUrl())
                .time("date_created", application.dateCreated())
                .time("date_updated", application.dateUpdated());
    }

    @Override
    public Application read(Columns columns) throws SQLException {
        return new Application(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("friendly_name"),
                columns.maybeText("rcml_url"),
                columns.time("date_created"),
                columns.time("date_updated"));
    }

    @Override
    public Sid sid(Application application) {
        return application.sid();
    }

    @Override
    public boolean visible(Application application, Sid account) {
        return application.accountSid().equals(account);
    }
}
