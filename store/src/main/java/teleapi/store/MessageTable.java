package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.call.Sid;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;

/** Table {@code messages}. */
final class MessageTable implements RecordTable<MessageRecord> {
    @Override
    public String name() {
        return "messages";
    }

    @Override
    public Row row(MessageRecord message) {
        return new Row()
                .sid("sid", message.sid())
                .sid("account_sid", message.accountSid())
                .sid("call_sid", message.callSid())
                .text("sender", message.from())
                .text("recipient", message.to())
                .text("body", message.body())
                .text("direction", message.direction().text())
                .text("status", message.status().text())
                .flag("ended", message.status().ended())
                .time("date_created", message.dateCreated())
                .time("date_updated", message.dateUpdated())
                .time("date_sent", message.dateSent())
                .with("error_code", message.errorCode().orElse(null))
                .count("revision", message.revision());
    }

    @Override
    public MessageRecord read(Columns columns) throws SQLException {
        OptionalInt error = columns.maybeCount("error_code");
        return new MessageRecord(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.maybeSid("call_sid"),
                columns.text("sender"),
                columns.text("recipient"),
                columns.text("body"),
                columns.oneOf(MessageRecord.Direction.values(), MessageRecord.Direction::text, "direction"),
                columns.oneOf(MessageRecord.Status.values(), MessageRecord.Status::text, "status"),
                columns.time("date_created"),
                columns.time("date_updated"),
                columns.maybeTime("date_sent"),
                error.isPresent() ? Optional.of(error.getAsInt()) : Optional.empty(),
                columns.count("revision"));
    }

    @Override
    public Sid sid(MessageRecord message) {
        return message.sid();
    }

    @Override
    public Sid account(MessageRecord message) {
        return message.accountSid();
    }

    @Override
    public long revision(MessageRecord message) {
        return message.revision();
    }

    @Override
    public boolean ended(MessageRecord message) {
        return message.status().ended();
    }

    /** The columns and conditions of a filter; its values are bound, its columns come from here. */
    static Conditions conditions(Sid account, MessageFilter filter) {
        return new Conditions()
                .equal("account_sid", account.text())
                .equal("sender", filter.from())
                .equal("recipient", filter.to())
                .from("date_created", filter.createdFrom())
                .before("date_created", filter.createdBefore())
                .contains("body", filter.body());
    }
}
