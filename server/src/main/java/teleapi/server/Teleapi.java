package teleapi.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Equipment;
import teleapi.call.Switchboard;
import teleapi.call.SwitchboardSettings;
import teleapi.call.directory.Account;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.RecordingFolder;
import teleapi.call.records.RecordingRetention;
import teleapi.call.script.LateCallbacks;
import teleapi.call.stream.JdkSockets;
import teleapi.call.stream.Streaming;
import teleapi.call.webhook.PooledHttp;
import teleapi.call.webhook.Sounds;
import teleapi.call.webhook.Webhooks;
import teleapi.media.MediaEngine;
import teleapi.media.MediaSettings;
import teleapi.media.speech.InstalledRecogniser;
import teleapi.media.speech.InstalledSpeech;
import teleapi.media.speech.QueuedSpeech;
import teleapi.media.speech.Recogniser;
import teleapi.media.speech.Recognition;
import teleapi.media.speech.SpeechEngine;
import teleapi.rest.Api;
import teleapi.rest.Health;
import teleapi.rest.LiveCalls;
import teleapi.rest.Parts;
import teleapi.runtime.Deadline;
import teleapi.runtime.Published;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;
import teleapi.sip.SipSettings;
import teleapi.store.Store;
import teleapi.store.StoreException;
import teleapi.store.StoreSettings;

/**
 * A whole server: store, media, SIP and API, put together in this order and taken apart in the reverse one.
 *
 * <pre>
 * Thread  start, drain and close: one thread, which they may keep waiting. The accessors: any
 * Errors  StartException with one line; what had been started is closed again
 * Source  CONTRACT sections 1 and 5
 * </pre>
 */
public final class Teleapi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teleapi.class);

    private static final String PRODUCT = "teleapi/0.1";
    private static final String REALM = "teleapi";

    /** SIP and media are waiting for packets most of the time: two of each keep two cores busy, more only helps on larger machines. */
    private static final int LEAST_LOOPS = 1;

    /** After BYE, calls need as long as the far ends need to answer it; then they are gone anyway. */
    private static final Duration LAST_GOODBYE = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final World world;
    private final Store store;
    private final Optional<Account> made;
    private final MediaEngine media;
    private final Switchboard switchboard;
    private final RecordingFolder recordings;
    private final Api api;
    private final Published<Boolean> draining;
    /** What to close, the last started first. */
    private final Deque<AutoCloseable> parts;

    private Teleapi(
            World world,
            Store store,
            Optional<Account> made,
            MediaEngine media,
            Switchboard switchboard,
            RecordingFolder recordings,
            Api api,
            Published<Boolean> draining,
            Deque<AutoCloseable> parts) {
        this.world = world;
        this.store = store;
        this.made = made;
        this.media = media;
        this.switchboard = switchboard;
        this.recordings = recordings;
        this.api = api;
        this.draining = draining;
        this.parts = parts;
    }

    public static Teleapi start(Settings settings) throws StartException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(RealWorld.create(), settings, parts);
        } catch (StartException | RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static Teleapi start(World world, Settings settings, Deque<AutoCloseable> parts) throws StartException {
        int loops = Math.max(LEAST_LOOPS, Runtime.getRuntime().availableProcessors());
        Store store = open(world, settings);
        parts.push(store);
        Optional<Account> made = store.firstAccount(settings.first());
        MediaEngine media = MediaEngine.start(
                world,
                new MediaSettings(
                        settings.sip().getAddress().getHostAddress(),
                        settings.publicAddress(),
                        settings.rtpLow(),
                        settings.rtpHigh(),
                        loops,
                        settings.mediaTimeout(),
                        settings.codecs()));
        parts.push(media::close);
        PooledHttp http = new PooledHttp(world);
        parts.push(http);
        QueuedSpeech speech = new QueuedSpeech(world, speech(settings));
        Recognition recognition = recognition(world, settings);
        Path sounds = settings.data().resolve("sounds");
        var quality = new QualityHistograms();
        RecordingFolder recordings = new RecordingFolder(world, recordings(settings.data()));
        recordings.settle(store.recordings());
        JdkSockets sockets = new JdkSockets();
        parts.push(sockets);
        Webhooks webhooks = new Webhooks(world, http);
        Equipment equipment = new Equipment(
                world,
                media,
                webhooks,
                new Sounds(world.time(), http, speech, Optional.of(sounds).filter(Files::isDirectory)),
                recognition,
                store.directory(),
                store.provisioning().queues(),
                new MeasuredCalls(store.calls(), quality),
                store.conferences(),
                store.notifications(),
                store.eventLog(),
                store.journals(),
                store.owedCallbacks(),
                store.recordings(),
                recordings,
                store.transcriptions(),
                store.messages(),
                new Streaming(world, sockets, webhooks));
        List<OwedCallback> owed = store.owedCallbacks().left();
        Switchboard switchboard = listen(equipment, settings, loops);
        parts.push(switchboard::close);
        LateCallbacks.send(equipment, owed);
        Metrics metrics = new Metrics(
                switchboard,
                media,
                store,
                webhooks.deliveries(),
                recordings,
                speech,
                recognition,
                equipment.streaming(),
                quality);
        parts.push(metrics);
        Published<Boolean> draining = new Published<>(false);
        Api api = serve(
                settings,
                new Parts(
                        world,
                        LiveCalls.of(switchboard),
                        store.calls(),
                        store.conferences(),
                        store.notifications(),
                        store.eventHistory(),
                        store.journals(),
                        store.modifications(),
                        store.requestKeys(),
                        store.recordings(),
                        recordings,
                        store.transcriptions(),
                        store.messages(),
                        store.directory(),
                        store.provisioning(),
                        () -> health(store, speech, recognition, draining.get()),
                        metrics::text));
        parts.push(api);
        settings.keepRecordings()
                .map(kept -> RecordingRetention.start(world, store.recordings(), recordings, kept))
                .ifPresent(retention -> parts.push(retention::end));
        recordings.api(reached(settings, api.address()));
        return new Teleapi(world, store, made, media, switchboard, recordings, api, draining, parts);
    }

    /** Where the API listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress http() {
        return api.address();
    }

    /** Where SIP listens, likewise. */
    public InetSocketAddress sip() {
        return switchboard.sip().address();
    }

    /** The account that was made at this start; its token is to be shown once. */
    public Optional<Account> madeAccount() {
        return made;
    }

    public Store store() {
        return store;
    }

    public MediaEngine media() {
        return media;
    }

    /** No new calls and messages; waits until the live ones have ended, at most for so long; then hangs up what is left and ends everything. */
    public void drain(Duration longest) {
        draining.set(true);
        switchboard.drain(longest.plus(LAST_GOODBYE));
        if (!idle(longest)) {
            LOG.info("{} calls are hung up", switchboard.gauges().callsLive());
            switchboard.hangUpAll("the server is shut down");
            idle(LAST_GOODBYE);
        }
        closeAll(parts);
    }

    /** Hangs up and ends everything. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private boolean idle(Duration longest) {
        Deadline deadline = world.time().after(longest);
        while (switchboard.gauges().callsLive() > 0
                || recordings.live() > 0
                || switchboard.messages().busy()) {
            if (deadline.passed(world.time())) {
                return false;
            }
            world.<Boolean>mailbox("draining", 1).take(world.time().after(LOOK_AGAIN));
        }
        return true;
    }

    private static Store open(World world, Settings settings) throws StartException {
        try {
            return Store.open(world, new StoreSettings(settings.data(), settings.database(), settings.first()));
        } catch (StoreException e) {
            String what = settings.database().isPresent()
                    ? "start it, or correct --database"
                    : "end the other teleapi that uses it, make the folder writable, or choose another with --data";
            throw new StartException(e.getMessage() + ": " + what, e);
        }
    }

    private static Switchboard listen(Equipment equipment, Settings settings, int workers) throws StartException {
        SipSettings sip = new SipSettings(settings.sip(), settings.publicAddress(), REALM, PRODUCT, workers);
        try {
            return Switchboard.open(
                    equipment, new SwitchboardSettings(sip, settings.trunk(), SwitchboardSettings.MOST_CALLS));
        } catch (IOException e) {
            throw new StartException(busy("SIP", settings.sip(), Setting.SIP), e);
        }
    }

    private static Api serve(Settings settings, Parts parts) throws StartException {
        try {
            return Api.start(settings.http(), parts);
        } catch (IOException e) {
            throw new StartException(busy("HTTP", settings.http(), Setting.HTTP), e);
        }
    }

    private static String busy(String what, InetSocketAddress address, Setting setting) {
        return what + " cannot listen on " + text(address)
                + " (in use, or not an address of this machine): choose another with " + setting.flag();
    }

    /** What was asked for by name has to be there. */
    private static SpeechEngine speech(Settings settings) throws StartException {
        InstalledSpeech found = InstalledSpeech.find(settings.speech());
        if (!settings.speech().equals(Settings.AUTO) && !found.has(settings.speech())) {
            throw new StartException(settings.speech() + " is not there: install it, or choose another of "
                    + found.name() + " with " + Setting.SPEECH.flag());
        }
        return found;
    }

    /** The same. */
    private static Recognition recognition(World world, Settings settings) throws StartException {
        Optional<Recogniser> found = InstalledRecogniser.find(settings.recogniser());
        if (found.isEmpty() && settings.recogniser().equals("pocketsphinx")) {
            throw new StartException("pocketsphinx is not there: install the packages pocketsphinx and"
                    + " pocketsphinx-en-us, or choose another with " + Setting.RECOGNISER.flag());
        }
        return new Recognition(world, found);
    }

    private static Path recordings(Path data) throws StartException {
        Path folder = data.resolve("recordings");
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartException(
                    "cannot make " + folder + ": make the folder writable, or choose another with --data", e);
        }
    }

    /** What begins the URLs that applications get. */
    private static String reached(Settings settings, InetSocketAddress http) {
        return settings.publicUrl().orElseGet(() -> listening(settings, http));
    }

    private static String listening(Settings settings, InetSocketAddress http) {
        boolean any = settings.http().getAddress().isAnyLocalAddress();
        String host =
                any ? settings.publicAddress() : settings.http().getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + http.getPort();
    }

    /** HOST:PORT. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static Health health(Store store, SpeechEngine speech, Recognition recognition, boolean draining) {
        Optional<String> trouble =
                draining ? Optional.of("shutting down") : store.reading().trouble();
        return new Health(
                trouble, Map.of("product", PRODUCT, "speech", speech.name(), "recogniser", recognition.name()));
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not close cleanly: {}", e.toString());
            }
        }
    }
}
