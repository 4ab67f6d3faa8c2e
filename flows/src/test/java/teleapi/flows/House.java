package teleapi.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import teleapi.call.Equipment;
import teleapi.call.Sid;
import teleapi.call.Switchboard;
import teleapi.call.SwitchboardSettings;
import teleapi.call.Trunk;
import teleapi.call.directory.Account;
import teleapi.call.directory.Client;
import teleapi.call.directory.MessageSettings;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.VoiceSettings;
import teleapi.call.records.RecordingFolder;
import teleapi.call.stream.Sockets;
import teleapi.call.stream.Streaming;
import teleapi.call.webhook.Sounds;
import teleapi.call.webhook.Webhooks;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.lab.phone.Voice;
import teleapi.media.MediaEngine;
import teleapi.media.MediaSettings;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.media.speech.Recognition;
import teleapi.media.speech.SpeechEngine;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipSettings;
import teleapi.sip.SipTrace;
import teleapi.sip.SipUri;
import teleapi.sip.message.Replaces;

/**
 * teleapi itself, all of it but the API's HTTP and the database, in a simulated world, with phones around it.
 *
 * <pre>
 * Thread  the test's
 * </pre>
 */
final class House implements AutoCloseable {
    static final String NUMBER = "+15550100";
    private static final String ADDRESS = "10.0.0.1";

    final SimulatedWorld world;
    final Memory memory = new Memory();
    final Account account;
    final MediaEngine media;
    final RecordingFolder recordings;
    final Recognition recognition;
    final Streaming streaming;
    private final Path folder;
    final Switchboard switchboard;
    final Map<String, Phone> phones = new LinkedHashMap<>();

    House(SimulatedWorld world, Application application) throws IOException {
        this(world, application, SwitchboardSettings.MOST_CALLS);
    }

    House(SimulatedWorld world, Application application, int mostCalls) throws IOException {
        this(world, application, mostCalls, Duration.ZERO);
    }

    /** {@code longestSilence}: after it a call ends of whose far end nothing comes. */
    House(SimulatedWorld world, Application application, int mostCalls, Duration longestSilence) throws IOException {
        this(world, application, new Bot(world, Bot::speaksAndGoes), mostCalls, longestSilence);
    }

    /** {@code sockets}: whoever is behind the WebSockets of its streams. */
    House(SimulatedWorld world, Application application, Sockets sockets, int mostCalls) throws IOException {
        this(world, application, sockets, mostCalls, Duration.ZERO);
    }

    private House(
            SimulatedWorld world, Application application, Sockets sockets, int mostCalls, Duration longestSilence)
            throws IOException {
        this.world = world;
        var now = world.time().now();
        this.account = new Account(
                Sid.fresh(Sid.ACCOUNT, world), Optional.empty(), "flows", "flows@example.com", true, "token", now, now);
        memory.accounts.put(account.sid(), account);
        memory.numbers.put(
                NUMBER,
                new PhoneNumber(
                        Sid.fresh(Sid.NUMBER, world),
                        account.sid(),
                        NUMBER,
                        "the number",
                        new VoiceSettings(
                                Optional.of("http://app/incoming"),
                                HttpMethod.POST,
                                Optional.of("http://app/fallback"),
                                HttpMethod.POST,
                                Optional.empty(),
                                Optional.of("http://app/status"),
                                HttpMethod.POST),
                        messageSettings(),
                        now,
                        now));
        this.folder = Files.createTempDirectory("recordings");
        this.recordings = new RecordingFolder(world, folder);
        this.media = MediaEngine.start(world, new MediaSettings(ADDRESS, ADDRESS, 20_000, 20_999, 1, longestSilence));
        this.recognition = new Recognition(world, Optional.of(new SimulatedRecogniser(world)));
        Webhooks webhooks = new Webhooks(world, application);
        this.streaming = new Streaming(world, sockets, webhooks);
        this.switchboard = Switchboard.open(
                new Equipment(
                        world,
                        media,
                        webhooks,
                        new Sounds(world.time(), application, new Speech(world), Optional.empty()),
                        recognition,
                        memory.new Phonebook(),
                        memory.new QueueShelf(),
                        memory.new Calls(),
                        memory.new Conferences(),
                        memory.new Notes(),
                        memory.events::add,
                        memory.new Diaries(),
                        memory.new Debts(),
                        memory.new Tapes(),
                        recordings,
                        memory.new Texts(),
                        memory.new Letters(),
                        streaming),
                new SwitchboardSettings(
                        new SipSettings(new InetSocketAddress(ADDRESS, 5060), ADDRESS, "teleapi", "teleapi", 2),
                        Trunk.parse("sip:house:secret@10.0.0.99:5060"),
                        mostCalls));
    }

    private static MessageSettings messageSettings() {
        return new MessageSettings(
                Optional.of("http://app/sms"),
                HttpMethod.POST,
                Optional.of("http://app/fallback"),
                HttpMethod.POST,
                Optional.empty());
    }

    /** Speech that takes a while and is no party's tone; some texts are beyond it, or too much at once. */
    private static final class Speech implements SpeechEngine {
        private final SimulatedWorld world;

        Speech(SimulatedWorld world) {
            this.world = world;
        }

        @Override
        public Sound speak(String text, String language, String voice) {
            if (text.startsWith("unspeakable")) {
                throw new SoundException("it is unspeakable");
            }
            if (text.startsWith("slowly")) {
                world.<Object>mailbox("slow engine", 1).take(world.time().after(Duration.ofMinutes(1)));
            }
            return Tones.of(330, 1_500 + 60L * text.length(), -12);
        }

        @Override
        public String name() {
            return "simulated";
        }
    }

    /** A phone at an address of its own; a client's password is its name. */
    Phone phone(String name, String kind, int tone, List<Integer> tones, Consumer<PhoneEvent> told) throws IOException {
        return phone(name, kind, tone, tones, Ear.NONE, told);
    }

    /** The same; {@code ear} gets all that it hears. */
    Phone phone(String name, String kind, int tone, List<Integer> tones, Ear ear, Consumer<PhoneEvent> told)
            throws IOException {
        boolean trunk = kind.equals("trunk");
        String host = trunk ? "10.0.0.99" : "10.0.0." + (10 + phones.size());
        var settings = new PhoneSettings(name, new InetSocketAddress(host, 5060), tone, tones);
        Voice voice = tone == 0 ? Voice.SILENCE : Voice.looping(Tones.of(tone, 1_000, -15));
        Phone phone = Phone.open(world, settings, new PhoneGear(voice, ear, SipTrace.NONE), told);
        phones.put(name, phone);
        if (kind.equals("client")) {
            var now = world.time().now();
            memory.clients.put(
                    name,
                    new Client(
                            Sid.fresh(Sid.CLIENT, world),
                            account.sid(),
                            name,
                            name,
                            name,
                            VoiceSettings.NONE,
                            now,
                            now));
            phone.register(switchboard.sip().address(), name);
        }
        return phone;
    }

    /** From outside, at the number. */
    static void call(Phone caller) {
        caller.call(
                SipUri.of(NUMBER, ADDRESS, 5060), SipUri.of("+15551", "10.9.9.9", 5060), Optional.empty(), List.of());
    }

    Phone phone(String name) {
        return Optional.ofNullable(phones.get(name)).orElseThrow();
    }

    /** {@code by} asks to be replaced at {@code target} in the call of its other line; nowhere, while that has none. */
    void referAttended(String by, String target, String otherLine) {
        String replaces = phone(otherLine).replaces().map(Replaces::toString).orElse("none");
        phone(by)
                .refer(new SipUri(
                        "sip",
                        Optional.of(target),
                        ADDRESS,
                        OptionalInt.of(5060),
                        Map.of(),
                        Map.of("Replaces", replaces)));
    }

    /** What is still held that should not be, once all calls have ended; empty when nothing is. */
    List<String> leftovers() {
        var left = new ArrayList<String>();
        var gauges = switchboard.gauges();
        var sound = media.counters();
        var sip = switchboard.sip().counters();
        check(left, "live calls", gauges.callsLive());
        check(left, "live conferences", gauges.conferencesLive());
        check(left, "live queues", gauges.queuesLive());
        check(left, "calls in queues", gauges.queueMembers());
        check(left, "texts on their way", gauges.messagesLive());
        check(left, "media sessions", sound.sessions());
        check(left, "rooms", sound.rooms());
        check(left, "recordings", recordings.live());
        check(left, "recognitions", recognition.live());
        check(left, "streams", streaming.live());
        check(left, "RTP ports", sound.portsUsed());
        check(left, "dialogs", sip.dialogs());
        check(left, "transactions", sip.transactions());
        memory.calls.forEach((sid, writes) -> {
            if (!writes.getLast().status().ended()) {
                left.add("record of " + sid + " is " + writes.getLast().status().text());
            }
        });
        memory.recordings.forEach((sid, record) -> {
            if (!record.status().ended()) {
                left.add("recording " + sid + " is " + record.status().text());
            }
        });
        memory.messages.forEach((sid, writes) -> {
            if (!writes.getLast().status().ended()) {
                left.add("message " + sid + " is " + writes.getLast().status().text());
            }
        });
        memory.transcriptions.forEach((sid, record) -> {
            if (!record.status().ended()) {
                left.add("transcription " + sid + " is " + record.status().text());
            }
        });
        return left;
    }

    private static void check(List<String> left, String what, int count) {
        if (count != 0) {
            left.add(count + " " + what);
        }
    }

    @Override
    public void close() {
        world.close();
        try {
            for (Sid recording : memory.recordings.keySet()) {
                recordings.delete(recording);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
