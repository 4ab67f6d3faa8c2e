package teleapi.runtime.simulated;

/** Unwinds a thread whose world is closed. An Error, so that no script takes it for one of its own failures. */
final class Ended extends Error {
    Ended() {
        super("the simulated world is closed", null, false, false);
    }
}
