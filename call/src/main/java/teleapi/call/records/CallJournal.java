package teleapi.call.records;

import java.util.List;
import teleapi.call.Sid;

/**
 * The journal of one call as it is kept when the call has ended.
 *
 * @param last how many entries there have been; more than are here when the oldest were forgotten
 */
public record CallJournal(Sid callSid, Sid accountSid, long last, List<JournalEntry> entries) {
    public CallJournal {
        entries = List.copyOf(entries);
    }
}
