package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.MediaCounters;
import teleapi.media.MediaEvent;
import teleapi.media.MediaListener;
import teleapi.media.MediaSession;
import teleapi.media.MediaSettings;
import teleapi.media.Quality;
import teleapi.media.Room;
import teleapi.media.sdp.AddressPolicy;
import teleapi.media.sdp.OfferAnswer;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * One thread that owns its sessions, their sockets and its rooms, and does everything to them.
 *
 * <pre>
 * Shape   messages in order of posting; packets between them, as they arrive; beats on a schedule
 * Thread  open, openRoom, post, counters, close: any. The rest: its own
 * Errors  what is asked of a session or room that is closed is dropped
 * Source  ADR-0002, ADR-0005
 * </pre>
 */
public final class MediaLoop {
    // What is below `loop` is owned by the loop's thread.

    /** Messages are bounded where they arise (calls); this is for those that are offered, of which there are none yet. */
    private static final int CAPACITY = 10_000;
    /** How old the packet counts of a reading may be. Sessions, rooms and ports are exact. */
    private static final long PUBLISH_NANOS = 250_000_000;
    /** Once a second. */
    private static final int READINGS_PER_LOOK = 4;

    private final World world;
    private final MediaSettings settings;
    private final PortRange ports;
    private final Published<MediaCounters> counters = new Published<>(new Tally().snapshot());
    private final Loop<MediaMessage> loop;

    private final Tally tally = new Tally();
    private final Scratch scratch = new Scratch();
    private final Schedule schedule;
    /** In the order of opening: who is looked at first must not be a matter of chance. */
    private final Map<OpenSession, Party> parties = new LinkedHashMap<>();

    private final Map<OpenRoom, Mixer> mixers = new HashMap<>();
    private final Loop.Timer publishing;
    private final Loop.Timer farewell;
    private int readings;
    private List<Party> leaving = new ArrayList<>();
    private List<Party> left = new ArrayList<>();

    private MediaLoop(World world, String name, MediaSettings settings, PortRange ports) {
        this.world = world;
        this.settings = settings;
        this.ports = ports;
        this.loop = world.loop(name, CAPACITY);
        this.schedule = new Schedule(world.time(), loop);
        this.publishing = loop.timer(this::publishAgain);
        this.farewell = loop.timer(this::farewell);
    }

    public static MediaLoop start(World world, String name, MediaSettings settings, PortRange ports) {
        MediaLoop made = new MediaLoop(world, name, settings, ports);
        made.loop.start(made::handle);
        return made;
    }

    // ---- any thread

    /** A session on a free port; empty when there is none. */
    public Optional<MediaSession> open(MediaListener listener) {
        return ports.bind().flatMap(pair -> {
            int port = pair.rtp().local().getPort();
            Optional<InetSocketAddress> self =
                    AddressPolicy.literal(settings.publicHost()).map(address -> new InetSocketAddress(address, port));
            OpenSession session = new OpenSession(
                    this,
                    self,
                    OfferAnswer.begin(
                            settings.publicHost(), port, world.random().nextLong(), settings.codecs()));
            if (post(new MediaMessage.Opened(session, pair, listener))) {
                return Optional.of(session);
            }
            pair.close();
            return Optional.empty();
        });
    }

    public Room openRoom() {
        OpenRoom room = new OpenRoom(this);
        post(new MediaMessage.RoomOpened(room));
        return room;
    }

    public MediaCounters counters() {
        return counters.get();
    }

    public void close() {
        post(new MediaMessage.Shutdown());
    }

    boolean post(MediaMessage message) {
        return loop.post(message);
    }

    // ---- the loop's thread

    World world() {
        return world;
    }

    Tally tally() {
        return tally;
    }

    Scratch scratch() {
        return scratch;
    }

    Schedule schedule() {
        return schedule;
    }

    Loop.Timer timer(Runnable action) {
        return loop.timer(action);
    }

    private void handle(MediaMessage message) {
        switch (message) {
            case MediaMessage.Opened(OpenSession session, PortPair pair, MediaListener listener) ->
                opened(session, pair, listener);
            case MediaMessage.Feed feed
            when !parties.containsKey(feed.session()) -> feed.taken().accept(false);
            case MediaMessage.Order order -> with(order.session(), party -> party.take(order));
            case MediaMessage.Bridge(OpenSession one, OpenSession other) -> bridge(one, other);
            case MediaMessage.Join(OpenSession session, OpenRoom room) -> with(session, party -> join(party, room));
            case MediaMessage.Coach(OpenSession session, Optional<OpenSession> coached) ->
                with(session, party -> coach(party, coached));
            case MediaMessage.StartRecording recording -> record(recording);
            case MediaMessage.ListenForUtterance utterance -> listen(utterance);
            case MediaMessage.BlockReturned(Reel reel, var block) -> reel.returned(block);
            case MediaMessage.RecordingKept(Party party, var stopped) -> party.tell(stopped);
            case MediaMessage.Close(OpenSession session) -> close(session);
            case MediaMessage.RoomOpened(OpenRoom room) -> mixers.put(room, new Mixer(schedule, tally, this::post));
            case MediaMessage.Announce(OpenRoom room, var sound, var taken, Runnable over) -> {
                Mixer mixer = mixers.get(room);
                if (mixer != null) {
                    mixer.announce(sound, taken, over);
                } else {
                    taken.accept(true);
                    over.run();
                }
            }
            case MediaMessage.OfRoom order -> {
                Mixer mixer = mixers.get(order.room());
                if (mixer != null) {
                    mixer.take(order);
                } else {
                    order.missed();
                }
            }
            case MediaMessage.CloseRoom(OpenRoom room) -> closeRoom(room);
            case MediaMessage.Shutdown() -> shutDown();
        }
        publish();
    }

    private void with(OpenSession session, Consumer<Party> action) {
        Party party = parties.get(session);
        if (party != null) {
            action.accept(party);
        }
    }

    private void opened(OpenSession session, PortPair pair, MediaListener listener) {
        Party party = new Party(this, pair, listener);
        parties.put(session, party);
        tally.sessions++;
        tally.ports += PortPair.SOCKETS;
        loop.attach(pair.rtp(), (port, datagram, from) -> party.wire().received(datagram, from));
        loop.attach(pair.rtcp(), (port, datagram, from) -> party.wire().control(datagram, from));
        if (!publishing.pending()) {
            publishAgain();
        }
    }

    private void join(Party party, OpenRoom room) {
        Mixer mixer = mixers.get(room);
        if (mixer == null) {
            party.leave();
        } else {
            party.join(mixer);
        }
    }

    /** Who is bridged to one that is gone hears nothing any more. */
    private void bridge(OpenSession one, OpenSession other) {
        Party first = parties.get(one);
        @Nullable Party second = parties.get(other);
        if (first != null && second != null && first != second) {
            first.bridge(second);
        } else if (first != null) {
            first.leave();
        }
    }

    /** Who coaches one that is gone is heard by nobody: what was said in confidence must not become public. */
    private void coach(Party party, Optional<OpenSession> coached) {
        if (coached.isEmpty()) {
            party.coach(null);
        } else {
            party.coach(parties.getOrDefault(coached.get(), party));
        }
    }

    private void listen(MediaMessage.ListenForUtterance wanted) {
        Party party = parties.get(wanted.session());
        if (party != null) {
            party.listen(wanted);
        } else {
            wanted.sink().end(false, Duration.ZERO, complete -> {});
        }
    }

    /** The sink of a session that is gone has to know that nothing comes. */
    private void record(MediaMessage.StartRecording wanted) {
        Party party = parties.get(wanted.session());
        if (party != null) {
            party.record(wanted);
        } else {
            wanted.sink().end(true, Duration.ZERO, complete -> {});
        }
    }

    private void close(OpenSession session) {
        Party party = parties.remove(session);
        if (party != null) {
            party.close();
            Quality quality = party.wire().quality();
            session.publish(quality);
            party.tell(new MediaEvent.Measured(quality));
            tally.sessions--;
            tally.ports -= PortPair.SOCKETS;
            leaving.add(party);
            farewell.at(world.time().nanos());
        }
    }

    /**
     * Tells those who left that their ports are free. The system frees a socket only when its loop has looked at the others again, and a timer
     * that is set in its own round runs after that: hence one round of waiting.
     */
    private void farewell() {
        for (Party party : left) {
            party.tell(new MediaEvent.Closed());
        }
        left.clear();
        if (!leaving.isEmpty()) {
            List<Party> told = left;
            left = leaving;
            leaving = told;
            farewell.at(world.time().nanos());
        }
    }

    private void closeRoom(OpenRoom room) {
        Mixer mixer = mixers.remove(room);
        if (mixer != null) {
            mixer.close();
        }
    }

    private void shutDown() {
        for (OpenSession session : List.copyOf(parties.keySet())) {
            close(session);
        }
        mixers.values().forEach(Mixer::close);
        mixers.clear();
        publishing.cancel();
        publish();
        // No more rounds will come: closing the loop closes what is open.
        farewell();
        farewell();
        loop.close();
    }

    /** Whether everyone is there still, and how well it goes: to be read by whoever asks. */
    private void look() {
        long now = world.time().nanos();
        // A copy: who is told that the other one is gone may close something.
        for (Map.Entry<OpenSession, Party> each : List.copyOf(parties.entrySet())) {
            each.getValue().look(now, settings.longestSilence().toNanos());
            each.getKey().publish(each.getValue().wire().quality());
        }
    }

    private void publish() {
        counters.set(tally.snapshot());
    }

    private void publishAgain() {
        publish();
        if (++readings % READINGS_PER_LOOK == 0) {
            look();
        }
        if (tally.sessions > 0) {
            publishing.at(world.time().nanos() + PUBLISH_NANOS);
        }
    }
}
