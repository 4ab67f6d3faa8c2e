package teleapi.rest.resource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.EventHistory;
import teleapi.call.records.RecordsUnavailable;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Json;
import teleapi.rest.http.Outlet;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * {@code GET Events} with {@code Accept: text/event-stream}: the events of an account as they are kept, resumed where a client left off.
 *
 * <p>A stream reads what is committed, from the number after the last it has sent, and then waits to be told that there is more. So a
 * client that was away, or is slow, costs nobody anything: the table is its queue.
 *
 * <pre>
 * Shape   ten streams for an account; 500 events in a piece
 * Thread  the request's, one per stream, which waits
 * Source  WHATWG HTML "Server-sent events"; ADR-0013
 * </pre>
 */
public final class EventStreams implements AutoCloseable {
    /** More than an operation needs; each costs a thread and a query whenever something happens. */
    private static final int MOST_STREAMS = 10;

    private static final int PIECE = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final World world;
    private final EventHistory events;
    private final Directory directory;
    private final ConcurrentHashMap<Sid, Set<Mailbox<Boolean>>> open = new ConcurrentHashMap<>();

    public EventStreams(World world, EventHistory events, Directory directory) {
        this.world = world;
        this.events = events;
        this.directory = directory;
    }

    Reply open(Ask ask) {
        Sid account = ask.account().sid();
        long last = events.span(account).last();
        long from = lastSeen(ask).orElse(last);
        if (ask.method().equals("HEAD")) {
            return streamed(outlet -> {});
        }
        Mailbox<Boolean> news = world.mailbox("events of " + account, 1);
        enter(account, news);
        return streamed(outlet -> {
            events.listen(account, news);
            try {
                // A number that has not been given yet: the database is another one, or an older copy of it.
                if (from <= last || outlet.send(gap(from, last))) {
                    run(ask, Math.min(from, last), news, outlet);
                }
            } catch (RecordsUnavailable away) {
                // The client comes back with the last id it has seen, and finds everything after it.
                outlet.send(": the database does not answer\n\n");
            } finally {
                events.forget(account, news);
                leave(account, news);
            }
        });
    }

    private static Reply streamed(Consumer<Outlet> stream) {
        return new Reply(
                200,
                Map.of("X-Accel-Buffering", "no"),
                new Reply.Body.Streamed("text/event-stream;charset=utf-8", stream));
    }

    private void run(Ask ask, long from, Mailbox<Boolean> news, Outlet outlet) {
        Sid account = ask.account().sid();
        long at = from;
        boolean listening = outlet.send("retry: 1000\nid: " + at + "\n\n");
        while (listening) {
            if (!allowed(ask)) {
                outlet.send(": not allowed any more\n\n");
                return;
            }
            List<AccountEvent> next = events.after(account, at, PIECE);
            if (next.isEmpty()) {
                Optional<Boolean> woken = news.take(world.time().after(HEARTBEAT));
                listening = woken.orElseGet(() -> outlet.send(": still here\n\n"));
                continue;
            }
            var piece = new StringBuilder();
            for (AccountEvent event : next) {
                if (event.number() > at + 1) {
                    piece.append(gap(at, event.number() - 1));
                }
                piece.append(message(event.topic().text(), event.number(), Events.describe(event)));
                at = event.number();
            }
            listening = outlet.send(piece.toString());
        }
    }

    /** What opened the stream would open it now: the sender is active and has the same token, and the account is still there. */
    private boolean allowed(Ask ask) {
        Account sender = ask.sender();
        return directory
                        .activeAccount(sender.sid())
                        .filter(now -> now.authToken().equals(sender.authToken()))
                        .isPresent()
                && directory.account(ask.account().sid()).isPresent();
    }

    /** The account is another one now, or gone: its streams look whether they may go on. */
    void changed(Sid account) {
        open.getOrDefault(account, Set.of()).forEach(news -> news.offer(true));
    }

    /** What came after number {@code seen} is not known any more; the stream goes on after {@code until}. */
    private static String gap(long seen, long until) {
        return message("gap", until, new Fields().count("after", seen).count("until", until));
    }

    private static String message(String type, long id, Fields fields) {
        return "event: " + type + "\nid: " + id + "\ndata: " + Json.line(fields) + "\n\n";
    }

    /** The header of a browser that comes back, or a parameter for whoever cannot set it; 0 is before the first. */
    private static OptionalLong lastSeen(Ask ask) {
        String text = ask.header("last-event-id").stream()
                .findFirst()
                .or(() -> ask.filters().text("LastEventId"))
                .orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Last-Event-ID", "must be the id of an event");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** Ends all: the server closes, and its clients come back to the next one with the last id they have seen. */
    @Override
    public void close() {
        open.values().forEach(streams -> streams.forEach(news -> news.post(false)));
    }

    private void enter(Sid account, Mailbox<Boolean> stream) {
        open.compute(account, (same, streams) -> {
            Set<Mailbox<Boolean>> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            if (all.size() >= MOST_STREAMS) {
                throw Refused.with(Code.TOO_MANY_REQUESTS, "the account has " + MOST_STREAMS + " event streams open")
                        .retryAfter(5);
            }
            all.add(stream);
            return all;
        });
    }

    private void leave(Sid account, Mailbox<Boolean> stream) {
        open.computeIfPresent(account, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }
}
