package teleapi.call;

/**
 * The live controls that are in force on a leg.
 *
 * @param muted whether the others cannot hear it, for whatever reason but hold
 * @param deaf whether it cannot hear the others
 * @param held whether it is on hold
 */
public record ControlState(boolean muted, boolean deaf, boolean held) {
    public static final ControlState NONE = new ControlState(false, false, false);
}
