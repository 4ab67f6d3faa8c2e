package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import teleapi.call.Controls;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.flows.Bot.Line;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/**
 * A caller, a client who answers, an application whose documents a test says, and a bot behind the streams.
 *
 * <pre>
 * Thread  the test's
 * </pre>
 */
final class StreamTalk implements AutoCloseable {
    static final int CALLER = 1_300;
    static final int BOB = 1_550;
    /** What the simulated voice speaks with. */
    static final int SPEECH = 330;

    final SimulatedWorld world;
    final House house;
    final Bot bot;
    final Map<String, String> documents = new LinkedHashMap<>();
    final List<HttpAsk> asked = new ArrayList<>();
    final List<short[]> heard = new ArrayList<>();
    final List<PhoneEvent> told = new ArrayList<>();
    Optional<Sid> call = Optional.empty();

    StreamTalk(long seed, String document, BiConsumer<Line, String> reacts) throws IOException {
        world = new SimulatedWorld(seed);
        bot = new Bot(world, reacts);
        documents.put("/incoming", document);
        house = new House(world, new Application(world, this::answer, one -> {}), bot, 100);
        house.phone(
                "caller",
                "phone",
                CALLER,
                List.of(),
                (samples, count, nanos) -> heard.add(Arrays.copyOf(samples, count)),
                event -> {
                    told.add(event);
                    if (event instanceof PhoneEvent.Answered answered) {
                        call = Optional.of(new Sid(answered.callSid()));
                    }
                });
        house.phone("bob", "client", BOB, List.of(), event -> {
            if (event instanceof PhoneEvent.Invited) {
                house.phone("bob").answer();
            }
        });
        world.runFor(Duration.ofMillis(1_000 + seed % 20));
    }

    StreamTalk begin() {
        House.call(house.phone("caller"));
        return this;
    }

    StreamTalk run(int millis) {
        world.runFor(Duration.ofMillis(millis));
        return this;
    }

    private Optional<HttpReply> answer(HttpAsk ask) {
        asked.add(ask);
        String path = ask.url().substring("http://app".length());
        String document = documents.getOrDefault(path, "<Pause length=\"60\"/>");
        return Optional.of(new HttpReply.Received(
                200,
                ask.url(),
                "text/xml",
                ("<Response>" + document + "</Response>").getBytes(StandardCharsets.UTF_8)));
    }

    List<HttpAsk> asked(String path) {
        return asked.stream()
                .filter(ask -> ask.url().equals("http://app" + path))
                .toList();
    }

    List<String> events() {
        return asked("/told").stream()
                .map(ask -> ask.parameters().getOrDefault("StreamEvent", ""))
                .toList();
    }

    List<Integer> codes() {
        return house.memory.notifications.stream().map(Notification::code).toList();
    }

    void modify(Map<String, String> fields) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, world);
        house.switchboard.modify(
                house.account.sid(),
                call.orElseThrow(),
                new DeskRequest(fields, house).modification(sid, status -> {}));
    }

    ModificationStatus streaming(Controls.Streaming wanted) {
        var last = new ArrayList<ModificationStatus>();
        house.switchboard.modify(
                house.account.sid(),
                call.orElseThrow(),
                new Modification(
                        Sid.fresh(Sid.MODIFICATION, world),
                        Optional.empty(),
                        Optional.empty(),
                        Controls.UNCHANGED.with(wanted),
                        Optional.empty(),
                        OptionalLong.empty(),
                        false,
                        status -> {
                            if (status.state().last()) {
                                last.add(status);
                            }
                        }));
        run(100);
        return last.getFirst();
    }

    Line line() {
        return bot.lines.getFirst();
    }

    /** How many of the packets since then have this tone. */
    int heard(int from, int tone) {
        int count = 0;
        for (short[] packet : heard.subList(from, heard.size())) {
            count += loud(packet, tone) ? 1 : 0;
        }
        return count;
    }

    /** Hangs up; nothing may be left. */
    void end() {
        house.phone("caller").hangUp();
        run(45_000);
        assertEquals(List.of(), house.leftovers(), () -> "seed " + world.seed());
    }

    @Override
    public void close() {
        house.close();
    }

    static boolean loud(short[] samples, int tone) {
        return Math.sqrt(HandoverTest.power(samples, samples.length, tone) / samples.length) > 500;
    }
}
