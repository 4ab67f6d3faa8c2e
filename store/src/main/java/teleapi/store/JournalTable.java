package teleapi.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import teleapi.call.Sid;
import teleapi.call.records.CallJournal;
import teleapi.call.records.JournalEntry;

/** Table {@code journals}: of each call that has ended one row, its entries as lines of text. */
final class JournalTable implements RecordTable<CallJournal> {
    @Override
    public String name() {
        return "journals";
    }

    @Override
    public Row row(CallJournal journal) {
        String lines = journal.entries().stream().map(JournalTable::line).collect(Collectors.joining("\n"));
        return new Row()
                .sid("sid", journal.callSid())
                .sid("account_sid", journal.accountSid())
                .flag("ended", false)
                .count("revision", journal.last())
                .with("entries", lines);
    }

    @Override
    public CallJournal read(Columns columns) throws SQLException {
        return new CallJournal(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.count("revision"),
                Arrays.stream(columns.text("entries").split("\n", -1))
                        .filter(line -> !line.isEmpty())
                        .map(line -> entry(TabbedText.fields(line)))
                        .toList());
    }

    private static String line(JournalEntry entry) {
        var fields = new ArrayList<>(List.of(
                Long.toString(entry.number()),
                entry.time().toString(),
                Long.toString(entry.nanos()),
                entry.kind().name(),
                entry.way().name(),
                entry.peer(),
                entry.what()));
        fields.addAll(TabbedText.fields(entry.details()));
        return TabbedText.line(fields);
    }

    private static JournalEntry entry(List<String> fields) {
        return new JournalEntry(
                Long.parseLong(fields.get(0)),
                Instant.parse(fields.get(1)),
                Long.parseLong(fields.get(2)),
                JournalEntry.Kind.valueOf(fields.get(3)),
                JournalEntry.Way.valueOf(fields.get(4)),
                fields.get(5),
                fields.get(6),
                TabbedText.map(fields, 7));
    }

    @Override
    public Sid sid(CallJournal journal) {
        return journal.callSid();
    }

    @Override
    public Sid account(CallJournal journal) {
        return journal.accountSid();
    }

    @Override
    public long revision(CallJournal journal) {
        return journal.last();
    }

    /** A longer one may always come: the answer to the last callback. */
    @Override
    public boolean ended(CallJournal journal) {
        return false;
    }
}
