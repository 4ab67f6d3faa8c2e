package teleapi.lab.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * sipp 3.6 with one scenario: it signals; the sound of its call is a {@link Handset}, which its SDP points to.
 *
 * <pre>
 * Thread  the test's; messages are told from the thread that reads its trace
 * Errors  AssertionError when sipp is missing, cannot start, or its scenario fails
 * </pre>
 */
final class Sipp implements AutoCloseable {
    private static final int READY_TRIES = 200;

    static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

    /** A SIP message that sipp sent or received. */
    record Message(boolean received, List<String> lines) {
        String start() {
            return lines.getFirst();
        }

        /** What follows the first line that begins so. */
        java.util.Optional<String> line(String begin) {
            return lines.stream()
                    .filter(line -> line.startsWith(begin))
                    .map(line -> line.substring(begin.length()).strip())
                    .findFirst();
        }

        String header(String name) {
            return lines.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String toString() {
            return (received ? "<- " : "-> ") + start();
        }
    }

    private final String name;
    private final Handset handset;
    private final Happenings<Message> messages;
    private final Happenings<String> notices;
    private final int port;
    private final Child child;

    // Owned by the thread that reads the trace.
    private final List<String> lines = new ArrayList<>();
    private boolean receiving;
    private int missing;

    private Sipp(Voice voice, String scenario, int port, Path folder, List<String> options) {
        this.name = voice.name();
        this.handset = new Handset(voice);
        this.messages = new Happenings<>(name);
        this.notices = new Happenings<>(name);
        this.port = port;
        var command = new ArrayList<>(List.of(Child.installed("sipp", "sip-tester")));
        command.addAll(options);
        command.addAll(List.of("-sf", scenario(folder, scenario)));
        command.addAll(List.of("-i", HOST.getHostAddress(), "-p", Integer.toString(port), "-nostdin"));
        command.addAll(List.of("-key", "rtp", Integer.toString(handset.port())));
        command.addAll(
                List.of("-trace_msg", "-message_file", "/dev/stderr", "-trace_err", "-error_file", "/dev/stderr"));
        command.addAll(List.of("-m", "1", "-timeout", "80s", "-timeout_error"));
        this.child = Child.start(name, folder, Map.of("TERM", "dumb"), command, screen -> {}, this::traced);
    }

    /** Calls a user at an address; {@code more} are further options of sipp's. */
    static Sipp call(
            Voice voice,
            String scenario,
            Path folder,
            String from,
            String user,
            InetSocketAddress target,
            String... more) {
        var options = new ArrayList<>(
                List.of(target.getHostString() + ":" + target.getPort(), "-s", user, "-key", "from", from));
        options.addAll(List.of(more));
        return new Sipp(voice, scenario, freePort(), folder, options);
    }

    /** Waits for one call. */
    static Sipp answer(Voice voice, String scenario, Path folder, int port, String... more) {
        var sipp = new Sipp(voice, scenario, port, folder, List.of(more));
        sipp.listens();
        return sipp;
    }

    /** Until it complains about what is no SIP: it says nothing when it begins to listen. */
    private void listens() {
        int tries = 0;
        do {
            if (++tries > READY_TRIES || !child.isAlive()) {
                throw new AssertionError(name + ": sipp does not listen at port " + port + "\n" + child.output());
            }
            send("are you there?\r\n\r\n");
        } while (!notices.comesWithin(Duration.ofMillis(50), line -> line.contains("non SIP message discarded")));
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(HOST, port)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A port that is free now, for UDP and TCP. Programs that cannot be told "any" are told this. It is not reserved, but lies below those that
     * the system gives out by itself (from 32768), and below the product's for sound (from 20000).
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            try (var datagrams = new DatagramSocket(new InetSocketAddress(HOST, port));
                    var streams = new java.net.ServerSocket()) {
                streams.bind(datagrams.getLocalSocketAddress());
                return port;
            } catch (java.net.BindException taken) {
                // Another one, then.
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static String scenario(Path folder, String name) {
        try (InputStream xml = Sipp.class.getResourceAsStream(name + ".xml")) {
            Path file = Files.createTempFile(folder, name, ".xml");
            Files.write(file, Objects.requireNonNull(xml, name).readAllBytes());
            return file.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The trace has, for each message, a line of dashes, one that says direction and size, an empty one, and the message. */
    private void traced(String line) {
        if (missing > 0) {
            missing -= line.getBytes(StandardCharsets.UTF_8).length + 2;
            if (!line.isEmpty() || !lines.isEmpty()) {
                lines.add(line);
            }
            if (missing <= 0) {
                happened(new Message(receiving, List.copyOf(lines)));
            }
            return;
        }
        boolean received = line.contains(" message received [");
        if (received || line.contains(" message sent (")) {
            receiving = received;
            lines.clear();
            int from = line.indexOf(received ? '[' : '(') + 1;
            // And the empty line before it.
            missing = 2 + Integer.parseInt(line.substring(from, line.indexOf(received ? ']' : ' ', from)));
        } else {
            notices.add(line);
        }
    }

    private void happened(Message message) {
        if (message.received()) {
            message.line("m=audio ").ifPresent(media -> {
                int sound = Integer.parseInt(media.substring(0, media.indexOf(' ')));
                String host = message.line("c=IN IP4 ").orElseThrow();
                handset.speakTo(new InetSocketAddress(InetAddress.ofLiteral(host), sound));
            });
        }
        messages.add(message);
    }

    /** Waits for a message from the other side that begins so: a method, or {@code SIP/2.0 200}. */
    Message receives(String start) {
        return takes(true, start);
    }

    /** Waits until it has sent a message that begins so. */
    Message sends(String start) {
        return takes(false, start);
    }

    private Message takes(boolean received, String start) {
        try {
            return messages.take(
                    (received ? "received " : "sent ") + start,
                    message -> message.received() == received && message.start().startsWith(start));
        } catch (AssertionError missing) {
            throw new AssertionError(missing.getMessage() + "\n" + child.output(), missing);
        }
    }

    /** Tells the scenario to go on: it waits for this MESSAGE within its call. */
    void nudge() {
        Message first = messages.all().getFirst();
        send("MESSAGE sip:sipp@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKnudge\r\nFrom: "
                + first.header("From")
                + "\r\nTo: " + first.header("To") + "\r\nCall-ID: " + first.header("Call-ID")
                + "\r\nCSeq: 999 MESSAGE\r\nContent-Length: 0\r\n\r\n");
    }

    /** Waits until its call is over; everything in the scenario must have come to pass. */
    void succeeds() {
        int status = exit();
        if (status != 0) {
            throw new AssertionError(name + ": sipp ended with " + status + "\n" + child.output());
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(HOST, port);
    }

    /** How sipp ends: 0 when its call went as the scenario says, 1 when not. */
    int exit() {
        return child.exit();
    }

    Handset handset() {
        return handset;
    }

    Recording hears() {
        return handset.recording();
    }

    @Override
    public void close() {
        handset.close();
        child.close();
    }
}
