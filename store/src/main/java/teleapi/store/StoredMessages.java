package teleapi.store;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.Page;

/** Records of text messages. */
record StoredMessages(Archive<MessageRecord> archive) implements MessageRecords {
    @Override
    public void write(MessageRecord record) {
        archive.write(record);
    }

    @Override
    public void commit(MessageRecord record) {
        archive.commit(record);
    }

    @Override
    public Optional<MessageRecord> find(Sid account, Sid message) {
        return archive.find(account, message);
    }

    @Override
    public Page<MessageRecord> list(Sid account, MessageFilter filter, int page, int size) {
        return archive.list("messages", MessageTable.conditions(account, filter), Archive.NEWEST_FIRST, page, size);
    }

    @Override
    public void delete(Sid account, Sid message) {
        archive.delete(account, message, List.of("messages WHERE sid"));
    }
}
