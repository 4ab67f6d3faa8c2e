package teleapi.store;

import java.util.List;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.OwedCallbacks;

/** What is owed: written soon by the {@link Writer}, read once at the start. */
record StoredOwedCallbacks(Database database, Outbox<OwedCallback> outbox) implements OwedCallbacks {
    @Override
    public void write(OwedCallback callback) {
        outbox.put(callback);
    }

    @Override
    public void commit(OwedCallback callback) {
        database.ask("the callback of " + callback.sid() + " is not kept", jdbi -> {
            jdbi.useTransaction(handle -> Records.keep(handle, outbox.table(), List.of(callback)));
            return callback;
        });
    }

    @Override
    public List<OwedCallback> left() {
        return database.ask(
                "owed callbacks cannot be read",
                jdbi -> jdbi.withHandle(handle -> Records.all(handle, outbox.table(), new Conditions())));
    }
}
