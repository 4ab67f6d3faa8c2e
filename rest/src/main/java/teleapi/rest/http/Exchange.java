package teleapi.rest.http;

import java.util.function.Consumer;

/**
 * An answer on its way to the client.
 *
 * @param leaving hears, once, just before it is written, whether the client is still there. Before, because a client that has its answer may
 *     send its next request at once
 * @param written hears, once, whether writing went well
 * @param watched whether all that matters, so that it is worth a look at the connection
 */
record Exchange(Reply reply, Consumer<Boolean> leaving, Consumer<Boolean> written, boolean watched) {
    static Exchange of(Reply reply) {
        return new Exchange(reply, there -> {}, well -> {}, false);
    }
}
