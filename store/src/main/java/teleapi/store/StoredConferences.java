package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.Page;

/** Records of conferences. */
record StoredConferences(Archive<ConferenceRecord> archive) implements ConferenceRecords {
    @Override
    public void write(ConferenceRecord record) {
        archive.write(record);
    }

    @Override
    public Optional<ConferenceRecord> find(Sid account, Sid conference) {
        return archive.find(account, conference);
    }

    @Override
    public Page<ConferenceRecord> list(
            Sid account, Optional<ConferenceRecord.Status> status, Optional<String> friendlyName, int page, int size) {
        Conditions conditions = new Conditions()
                .equal("account_sid", account.text())
                .equal("status", status.map(ConferenceRecord.Status::text))
                .equal("friendly_name", friendlyName);
        return archive.list("conferences", conditions, Archive.NEWEST_FIRST, page, size);
    }
}
