package teleapi.runtime.simulated;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Network;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.runtime.World;

/**
 * A world in memory where one thread runs at a time, a seed decides every choice, and time jumps.
 *
 * <p>Threads are switched at every wait, between any two things a loop handles, and, with a probability, at every post and offer, at every
 * start of a thread and before a mailbox is closed. Computation takes no virtual time. The same seed gives the same run.
 *
 * <pre>
 * Units   virtual time begins at 0, wall time at {@link #BEGIN}
 * Thread  the test's, between runs; inside a run, the thread that runs. Others are refused by an exception
 * Errors  an exception that leaves a script, loop, tap or condition ends the run: {@link SimulationFailure} with seed and time
 * Source  ADR-0002
 * </pre>
 */
public final class SimulatedWorld implements World, AutoCloseable {
    /** The wall time at virtual time 0. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed;
    private final Scheduler scheduler;
    private final Chance random;
    private final Randomness randomness = new SeededRandomness();
    private final Skies skies = new Skies();
    private final SimulatedNetwork network;
    private final List<SimulatedLoop<?>> loops = new ArrayList<>();
    private final Time time = new VirtualTime();

    public SimulatedWorld(long seed) {
        this.seed = seed;
        scheduler = new Scheduler(seed);
        random = new Chance(seed, 2);
        network = new SimulatedNetwork(scheduler, new Chance(seed, 3), skies);
    }

    private final class VirtualTime implements Time {
        @Override
        public long nanos() {
            return scheduler.now();
        }

        @Override
        public Instant now() {
            return BEGIN.plusNanos(scheduler.now());
        }
    }

    /** The chance that an owner draws from; apart from the scheduler's and the network's, so that one more id moves no switch. */
    private final class SeededRandomness implements Randomness {
        @Override
        public long nextLong() {
            scheduler.check();
            return random.nextLong();
        }

        @Override
        public void fill(byte[] bytes) {
            scheduler.check();
            random.fill(bytes);
        }

        @Override
        public int below(int bound) {
            scheduler.check();
            return random.below(bound);
        }
    }

    // ---- World

    @Override
    public Time time() {
        return time;
    }

    @Override
    public Randomness random() {
        return randomness;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public <M> Mailbox<M> mailbox(String name, int capacity) {
        return new SimulatedMailbox<>(scheduler, name, capacity);
    }

    @Override
    public void start(String name, Runnable body) {
        scheduler.check();
        scheduler.start(name, false, body);
        scheduler.perhapsGiveWay();
    }

    @Override
    public void startHeavy(String name, Runnable body) {
        start(name, body);
    }

    @Override
    public void giveWay() {}

    @Override
    public <M> Loop<M> loop(String name, int capacity) {
        scheduler.check();
        var loop = new SimulatedLoop<M>(scheduler, network, name, capacity);
        loops.removeIf(SimulatedLoop::ended);
        loops.add(loop);
        return loop;
    }

    // ---- running

    /** Runs until nothing is left to do: everybody waits for what cannot come any more, and no timer is set. */
    public void run() {
        scheduler.run(Long.MAX_VALUE, null);
    }

    /** Runs until virtual time {@code sinceBegin} and is then at that time, also when nothing was left to do. */
    public void runUntil(Duration sinceBegin) {
        scheduler.run(sinceBegin.toNanos(), null);
        scheduler.advanceTo(sinceBegin.toNanos());
    }

    /** The same, from now. */
    public void runFor(Duration duration) {
        runUntil(Duration.ofNanos(scheduler.now()).plus(duration));
    }

    /**
     * Runs until nothing is left to do, but no longer than {@code limit} from now.
     *
     * @return false when something is left to do after {@code limit}
     */
    public boolean runUntilQuiet(Duration limit) {
        long end = scheduler.now() + limit.toNanos();
        boolean quiet = scheduler.run(end, null);
        if (!quiet) {
            scheduler.advanceTo(end);
        }
        return quiet;
    }

    /**
     * Runs until {@code condition} holds, but no longer than {@code limit} from now. The condition is asked before every step and must only look.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = scheduler.now() + limit.toNanos();
        scheduler.run(end, condition);
        boolean holds = condition.getAsBoolean();
        if (!holds) {
            scheduler.advanceTo(end);
        }
        return holds;
    }

    /** Ends every simulated thread where it waits. Posts are refused from now on. */
    @Override
    public void close() {
        scheduler.close();
    }

    // ---- settings, at any time

    /** How probably a post, offer or start is followed by a switch; 1/4 unless set, 0 switches at waits only. */
    public SimulatedWorld switching(double probability) {
        scheduler.switching(probability);
        return this;
    }

    /** How many steps one run may take, a million unless set: more means that it does not end. */
    public SimulatedWorld stepLimit(long steps) {
        scheduler.stepLimit(steps);
        return this;
    }

    /** How much real time may pass without a step, 30 s unless set: more means that a thread blocks outside the simulation or never waits. */
    public SimulatedWorld patience(Duration real) {
        scheduler.patience(real.toNanos());
        return this;
    }

    /** The weather wherever no other is set. */
    public SimulatedWorld weather(Weather weather) {
        skies.general(weather);
        return this;
    }

    /** The weather on the way from one host to another. */
    public SimulatedWorld weather(InetAddress from, InetAddress to, Weather weather) {
        skies.between(from, to, weather);
        return this;
    }

    /** The weather for some datagrams; a later rule goes before an earlier one. Asked once per datagram, when it is sent. */
    public SimulatedWorld weather(Predicate<Datagram> which, Weather weather) {
        skies.rule(which, weather, false);
        return this;
    }

    /** Loses the next datagram of this kind, and only that. */
    public SimulatedWorld loseNext(Predicate<Datagram> which) {
        skies.rule(which, Weather.LOST, true);
        return this;
    }

    /** Forgets all that was set about the weather. */
    public SimulatedWorld clearUp() {
        skies.clearUp();
        return this;
    }

    /** The addresses of a host, best first. Literals and {@code localhost} are known. */
    public SimulatedWorld host(String name, InetAddress... addresses) {
        network.host(name, List.of(addresses));
        return this;
    }

    /** How long {@link Network#resolve} waits; not at all unless set. */
    public SimulatedWorld lookupTakes(Duration duration) {
        network.lookup(duration);
        return this;
    }

    // ---- looking

    /** Tells {@code tap} of every datagram, in order of arrival, before its receiver gets it. Nobody is switched meanwhile; the tap may post, not wait. */
    public SimulatedWorld onDatagram(Consumer<DatagramPassage> tap) {
        network.onDatagram(tap);
        return this;
    }

    /** The same for streams. */
    public SimulatedWorld onStream(Consumer<StreamPassage> tap) {
        network.onStream(tap);
        return this;
    }

    /** What is alive now. */
    public Live live() {
        return new Live(
                scheduler.scripts(),
                loops.stream()
                        .filter(loop -> !loop.ended())
                        .map(SimulatedLoop::name)
                        .toList(),
                network.ports(),
                network.listeners(),
                network.streams(),
                loops.stream().flatMap(loop -> loop.timers().stream()).toList());
    }

    public long seed() {
        return seed;
    }

    /** The name of the script or loop that runs now; {@code test} between runs, {@code network} in a tap. */
    public String running() {
        return scheduler.running();
    }

    /** How often somebody was chosen to run. */
    public long steps() {
        return scheduler.steps();
    }

    /** Who was chosen when, as one number: equal for equal runs. */
    public long fingerprint() {
        return scheduler.fingerprint();
    }
}
