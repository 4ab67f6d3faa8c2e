package teleapi.store;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** Each test has a store of its own, on a real database, once of either kind. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
abstract sealed class OnBothDatabases
        permits CallRecordsTest,
                DirectoryTest,
                EventsTest,
                MessageRecordsTest,
                ModificationRecordsTest,
                RecordingRecordsTest,
                RequestKeysTest {
    final World world = RealWorld.create();

    @Parameter
    Databases.Kind kind = Databases.Kind.H2;

    @TempDir
    Path folder = Path.of("");

    Databases database = new Databases.H2(new StoreSettings(folder, Optional.empty(), Optional.empty()));
    private Optional<Store> store = Optional.empty();

    @BeforeEach
    void open() {
        database = Databases.fresh(kind, folder, world);
        store = Optional.of(Store.open(world, database.settings()));
    }

    @AfterEach
    void close() {
        store().close();
        database.close();
    }

    /** The one that is open. */
    Store store() {
        return store.orElseThrow();
    }

    /** As a server does that ends and starts again. */
    void restart() {
        store().close();
        store = Optional.of(Store.open(world, database.settings()));
    }
}
