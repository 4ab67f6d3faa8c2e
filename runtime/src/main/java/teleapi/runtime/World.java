package teleapi.runtime;

/**
 * Everything that differs between a server on a machine and a simulation: time, chance, threads and sockets.
 *
 * <p>There are two worlds: {@code RealWorld}, which is the JDK, and {@code SimulatedWorld}, where one thread runs at a time, a seed
 * decides every choice, time jumps, and a switch may happen at every post as well as at every wait.
 *
 * <pre>
 * Thread  any
 * Source  ADR-0002
 * </pre>
 */
public interface World {
    Time time();

    Randomness random();

    Network network();

    /**
     * A first-in-first-out box of messages for one owner.
     *
     * @param name for diagnostics: the owner's name
     * @param capacity how many messages {@link Mailbox#offer} accepts before it refuses
     */
    <M> Mailbox<M> mailbox(String name, int capacity);

    /**
     * Starts a thread of its own for {@code body}: an owner's script, or slow work (HTTP, DNS, disk) that comes back as a message.
     * An exception that leaves {@code body} is logged with {@code name}; in the simulation it ends the run as a failure.
     */
    void start(String name, Runnable body);

    /**
     * Like {@link #start}, for work that computes or writes for milliseconds at a time, as a database does: a thread that the system
     * interrupts when another has something to do. Scripts share a few threads and are never interrupted, so beside one that works so
     * long all others would wait.
     */
    void startHeavy(String name, Runnable body);

    /** In heavy work, between two pieces of it: whoever waits for the processor goes first. Costs a microsecond where nobody does. */
    void giveWay();

    /** An event loop: one thread that owns sockets and timers and handles messages one by one. It runs after {@link Loop#start}. */
    <M> Loop<M> loop(String name, int capacity);
}
