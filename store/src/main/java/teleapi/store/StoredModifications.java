package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Page;

/** What became of modifications. */
record StoredModifications(Archive<ModificationRecord> archive) implements ModificationRecords {
    @Override
    public void write(ModificationRecord record) {
        archive.write(record);
    }

    @Override
    public Optional<ModificationRecord> find(Sid account, Sid call, Sid modification) {
        return archive.find(account, modification)
                .filter(record -> record.callSid().equals(call));
    }

    @Override
    public Page<ModificationRecord> list(Sid account, Sid call, int page, int size) {
        Conditions conditions =
                new Conditions().equal("account_sid", account.text()).equal("call_sid", call.text());
        return archive.list("modifications of " + call, conditions, "sid", page, size);
    }
}
