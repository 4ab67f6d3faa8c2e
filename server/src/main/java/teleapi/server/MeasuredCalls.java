package teleapi.server;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.Page;

/** The records of calls, counting on their way how well calls went. Thread and errors as there. */
record MeasuredCalls(CallRecords records, QualityHistograms histograms) implements CallRecords {
    @Override
    public void write(CallRecord record) {
        records.write(record);
    }

    @Override
    public void commit(CallRecord record) {
        records.commit(record);
    }

    @Override
    public Optional<CallRecord> find(Sid account, Sid call) {
        return records.find(account, call);
    }

    @Override
    public void write(CallQuality quality) {
        histograms.count(quality.quality());
        records.write(quality);
    }

    @Override
    public Optional<CallQuality> quality(Sid account, Sid call) {
        return records.quality(account, call);
    }

    @Override
    public Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) {
        return records.list(account, filter, page, size);
    }
}
