package teleapi.store;

import java.sql.SQLException;

/** How one kind of thing is a row of its table. */
interface Table<T> {
    /** The table's name; a constant, since it becomes part of the SQL. */
    String name();

    /** All columns of it, the sid among them. */
    Row row(T thing);

    T read(Columns columns) throws SQLException;
}
