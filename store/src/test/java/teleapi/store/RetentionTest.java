package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.records.CallJournal;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** What PostgreSQL alone can do to the deletion of what is old. */
final class RetentionTest {
    private final World world = RealWorld.create();

    @TempDir
    Path folder = Path.of("");

    @Test
    void aDeletionThatDeletesNothingIsNotRepeatedForEver() {
        // STYLE: nothing is unbounded; a rule of an operator may keep what is to go
        Mailbox<Integer> done = world.mailbox("done", 1);
        try (Databases fresh = Databases.fresh(Databases.Kind.POSTGRESQL, folder, world)) {
            Database database = Database.open(fresh.settings());
            List<CallJournal> journals = IntStream.range(0, 200)
                    .mapToObj(call -> new CallJournal(Calls.queued(call).sid(), Calls.ACCOUNT, 1, List.of()))
                    .toList();
            database.jdbi().useTransaction(handle -> Records.keep(handle, new JournalTable(), journals));
            fresh.execute("CREATE RULE keeping AS ON DELETE TO journals DO INSTEAD NOTHING");
            Retention retention = new Retention(world, database);
            world.startHeavy("deletion", () -> done.post(retention.apply(Retention.Limit.bySid("journals", 0))));
            assertEquals(Optional.of(0), done.take(world.time().after(Duration.ofSeconds(10))));
            database.close();
        }
    }
}
