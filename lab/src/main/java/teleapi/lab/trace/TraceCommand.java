package teleapi.lab.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import teleapi.call.Sid;
import teleapi.lab.Terminal;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** The command {@code trace}. */
@Command(
        name = "trace",
        description = {
            "Draws what happened in a call, live or ended, and in the calls connected to it (its parent, its"
                    + " children), as a ladder:",
            "SIP with the far ends, requests to the application, modifications, states and sound, with times in"
                    + " seconds.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the ladder was drawn",
            "1:the call or the server cannot be had",
            "2:the command line is wrong"
        })
public final class TraceCommand implements Callable<Integer> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    /** A terminal is not wider; the newest are left out, and it is said. */
    private static final int MOST_CALLS = 6;

    @Parameters(paramLabel = "CA…", description = "the CallSid")
    private String call = "";

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:TELEAPI_HTTP:-127.0.0.1:8080}",
            description = "where the server is. Default: ${DEFAULT-VALUE}. (TELEAPI_HTTP)")
    private String http = "";

    @Option(
            names = "--account",
            paramLabel = "SID",
            defaultValue = "${env:TELEAPI_ACCOUNT_SID:-}",
            description = "the account. (TELEAPI_ACCOUNT_SID)")
    private String account = "";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:TELEAPI_AUTH_TOKEN:-}",
            description = "its token; better by the environment, since command lines can be seen. (TELEAPI_AUTH_TOKEN)")
    private String token = "";

    @Option(names = "--follow", description = "goes on until the calls have ended")
    private boolean follow;

    @Option(names = "--all", description = "shows the steps of the script, too")
    private boolean all;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this manual.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Override
    public Integer call() {
        if (Sid.parse(Sid.CALL, call).isEmpty()) {
            return wrong("not a CallSid: " + call + "; it is CA and 32 hex digits, as in callbacks and GET Calls", 2);
        }
        if (Sid.parse(Sid.ACCOUNT, account).isEmpty() || token.isEmpty()) {
            return wrong("say which account: --account and --token, or TELEAPI_ACCOUNT_SID and TELEAPI_AUTH_TOKEN", 2);
        }
        try (var client = new EventsClient(http, account, token)) {
            draw(client, RealWorld.create());
            return 0;
        } catch (TraceException failed) {
            return wrong(String.valueOf(failed.getMessage()), 1);
        }
    }

    private static int wrong(String line, int status) {
        System.err.println("./teleapi trace: " + line);
        return status;
    }

    private void draw(EventsClient client, World world) throws TraceException {
        Map<String, Long> drawn = new HashMap<>();
        var pause = world.<Boolean>mailbox("trace", 1);
        Optional<TraceLadder> ladder = Optional.empty();
        List<String> shown = List.of();
        while (true) {
            List<TracedCall> calls = connected(client);
            List<TracedEvent> fresh = new ArrayList<>();
            for (TracedCall one : calls) {
                for (TracedEvent event : client.events(one)) {
                    if (event.number() > drawn.getOrDefault(one.sid(), 0L)) {
                        fresh.add(event);
                        drawn.put(one.sid(), event.number());
                    }
                }
            }
            fresh.sort(Comparator.comparing(TracedEvent::time));
            List<String> sids = calls.stream().map(TracedCall::sid).toList();
            if (!fresh.isEmpty() && !sids.equals(shown)) {
                // A new leg: a new head, and time goes on from the first beginning.
                shown = sids;
                began = began.or(() -> Optional.of(fresh.getFirst().time()));
                ladder = Optional.of(new TraceLadder(System.out, Terminal.coloured(), calls, all, began.orElseThrow()));
                ladder.get().begin();
            }
            ladder.ifPresent(now -> fresh.forEach(now::draw));
            if (!follow || (fresh.isEmpty() && calls.stream().allMatch(TracedCall::ended))) {
                if (ladder.isEmpty()) {
                    throw new TraceException("nothing is known of " + call
                            + " any more: the journals of the newest 20,000 calls are kept, and none of a crash");
                }
                return;
            }
            pause.take(world.time().after(LOOK_AGAIN));
        }
    }

    private Optional<java.time.Instant> began = Optional.empty();

    /** The call, its parent, and the children of both; parents first. */
    private List<TracedCall> connected(EventsClient client) throws TraceException {
        TracedCall asked = client.call(call);
        TracedCall root = asked.parent().isEmpty() ? asked : client.call(asked.parent());
        Map<String, TracedCall> calls = new LinkedHashMap<>();
        calls.put(root.sid(), root);
        calls.put(asked.sid(), asked);
        for (TracedCall parent : List.copyOf(calls.values())) {
            for (TracedCall child : client.children(parent).reversed()) {
                calls.putIfAbsent(child.sid(), child);
            }
        }
        if (calls.size() > MOST_CALLS) {
            System.err.println(
                    "./teleapi trace: " + (calls.size() - MOST_CALLS) + " of the connected calls are left out");
        }
        return calls.values().stream().limit(MOST_CALLS).toList();
    }
}
