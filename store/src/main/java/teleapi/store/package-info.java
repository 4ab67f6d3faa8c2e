/**
 * What must outlive a restart, in an embedded H2 file or in PostgreSQL: accounts, numbers, clients, applications, and the records of calls.
 *
 * <p>It fulfils {@code teleapi.call.records} and {@code teleapi.call.directory}; only {@code server} makes one. One file per table; the same
 * migrations for both databases. Start reading at {@link teleapi.store.Store}, then {@code Writer} (how records are kept without making a
 * call wait). ADR-0007.
 */
@org.jspecify.annotations.NullMarked
package teleapi.store;
