package teleapi.flows;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import teleapi.call.stream.Sockets;
import teleapi.runtime.World;

/**
 * Whoever is behind the WebSockets of streams, in the simulation.
 *
 * <pre>
 * Thread  one at a time, in the simulation
 * </pre>
 */
final class Bot implements Sockets {
    /** How a server can be. */
    enum Manner {
        FINE,
        /** Does not answer before the client gives up. */
        AWAY,
        REFUSES,
        /** Takes nothing. */
        STUCK,
        /** Takes one message in 100 ms. */
        SLOW
    }

    /** One connection. */
    final class Line implements Socket {
        final Ask ask;
        /** What teleapi said, in its order. */
        final List<String> said = new ArrayList<>();

        private final Consumer<Event> told;
        private final Deque<Event> waiting = new ArrayDeque<>();
        private int wanted = 1;
        private boolean over;

        Line(Ask ask, Consumer<Event> told) {
            this.ask = ask;
            this.told = told;
        }

        void says(String text) {
            comes(new Event.Text(text));
        }

        void comes(Event event) {
            waiting.add(event);
            deliver();
        }

        /** Of one kind. */
        List<String> said(String event) {
            return said.stream()
                    .filter(text -> text.contains("\"event\":\"" + event + "\""))
                    .toList();
        }

        private void deliver() {
            while (wanted > 0 && !waiting.isEmpty() && !over) {
                Event next = waiting.remove();
                over = !(next instanceof Event.Text || next instanceof Event.Binary);
                wanted--;
                told.accept(next);
            }
        }

        @Override
        public Sent send(String text, Duration patience) {
            if (over) {
                return Sent.GONE;
            }
            switch (manner) {
                case STUCK -> {
                    pause(patience);
                    return Sent.STUCK;
                }
                case SLOW -> pause(Duration.ofMillis(100));
                case FINE, AWAY, REFUSES -> {}
            }
            said.add(text);
            reacts.accept(this, text);
            return Sent.SENT;
        }

        @Override
        public void more() {
            wanted++;
            deliver();
        }

        @Override
        public void close(int code) {
            said.add("close " + code);
            world.start("bot", () -> {
                pause(Duration.ofMillis(10));
                comes(new Event.Closed(code));
            });
        }

        @Override
        public void abort() {
            over = true;
        }
    }

    private final World world;
    private final BiConsumer<Line, String> reacts;
    final List<Line> lines = new ArrayList<>();
    Manner manner = Manner.FINE;

    /** {@code reacts} to each message of teleapi. */
    Bot(World world, BiConsumer<Line, String> reacts) {
        this.world = world;
        this.reacts = reacts;
    }

    @Override
    public Opening open(Ask ask, Consumer<Event> told) {
        Manner here = ask.url().contains("nobody") ? Manner.REFUSES : manner;
        pause(here == Manner.AWAY ? Duration.ofSeconds(10) : Duration.ofMillis(30));
        return switch (here) {
            case AWAY -> new Opening.Refused(31901, "took longer than 10 s");
            case REFUSES -> new Opening.Refused(31920, "was answered with 404 instead of 101");
            case FINE, STUCK, SLOW -> {
                Line line = new Line(ask, told);
                lines.add(line);
                yield new Opening.Open(line);
            }
        };
    }

    /** A document of an exploration that has to do with one. */
    static String document(Random chance) {
        return chance.nextBoolean()
                ? "<Start><Stream name=\"ear\" url=\"ws://bot/\" track=\"both_tracks\"/></Start><Say>streamed</Say>"
                : "<Connect action=\"/action\"><Stream url=\"ws://bot/\"/></Connect>";
    }

    /** Speaks a little after a while, and later goes. */
    static void speaksAndGoes(Line line, String said) {
        if (said.contains("\"chunk\":\"20\"")) {
            line.says("{\"event\":\"media\",\"media\":{\"payload\":\"" + "ABCD".repeat(200) + "\"}}");
            line.says("{\"event\":\"mark\",\"mark\":{\"name\":\"said\"}}");
        } else if (said.contains("\"chunk\":\"60\"")) {
            line.comes(new Event.Closed(1000));
        }
    }

    private void pause(Duration time) {
        Optional<Object> nothing = world.mailbox("pause", 1).take(world.time().after(time));
        nothing.ifPresent(impossible -> {
            throw new IllegalStateException();
        });
    }
}
