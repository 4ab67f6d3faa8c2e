package teleapi.runtime.simulated;

/** A run that went wrong: an exception left a simulated thread, or the run did not end. The message begins with seed and virtual time, which is all one needs to see it again. */
public final class SimulationFailure extends RuntimeException {
    SimulationFailure(String message) {
        super(message);
    }

    SimulationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
