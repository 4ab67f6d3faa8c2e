package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.Page;

/** Records of calls, and how well they sounded. */
record StoredCalls(Archive<CallRecord> archive, Archive<CallQuality> qualities) implements CallRecords {
    @Override
    public void write(CallRecord record) {
        archive.write(record);
    }

    @Override
    public void commit(CallRecord record) {
        archive.commit(record);
    }

    @Override
    public Optional<CallRecord> find(Sid account, Sid call) {
        return archive.find(account, call);
    }

    @Override
    public void write(CallQuality quality) {
        qualities.write(quality);
    }

    @Override
    public Optional<CallQuality> quality(Sid account, Sid call) {
        return qualities.find(account, call);
    }

    @Override
    public Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) {
        return archive.list("calls", CallTable.conditions(account, filter), CallTable.order(filter), page, size);
    }
}
