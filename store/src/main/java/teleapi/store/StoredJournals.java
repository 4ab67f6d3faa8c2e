package teleapi.store;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.CallJournal;
import teleapi.call.records.Journals;

/** Journals of calls that have ended. */
record StoredJournals(Archive<CallJournal> archive) implements Journals {
    @Override
    public void write(CallJournal journal) {
        archive.write(journal);
    }

    @Override
    public Optional<CallJournal> find(Sid account, Sid call) {
        return archive.find(account, call);
    }
}
