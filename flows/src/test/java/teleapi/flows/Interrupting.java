package teleapi.flows;

import java.util.Map;
import teleapi.call.Sid;

/** What cuts in on a verb: the kinds of modification that docs/api/live-call-modification.md has. */
enum Interrupting {
    RCML,
    /** Its document takes {@link InterruptedCall#SLOW} to come. */
    SLOW_URL,
    COMPLETED,
    MOVE,
    OVERLAY,
    /** And back a little later. */
    HOLD;

    /** Whether its document takes the place of what runs. */
    boolean replaces() {
        return switch (this) {
            case RCML, SLOW_URL, MOVE -> true;
            case COMPLETED, OVERLAY, HOLD -> false;
        };
    }

    Map<String, String> fields(Sid modification) {
        String fresh = Redirects.mark(modification) + "<Pause length=\"1\"/>";
        return switch (this) {
            case RCML -> Map.of("Rcml", "<Response>" + fresh + "</Response>");
            case SLOW_URL -> Map.of("Url", "/slow?mark=" + modification);
            case COMPLETED -> Map.of("Status", "completed");
            case MOVE -> Map.of("Rcml", "<Response>" + fresh + "</Response>", "MoveConnectedCallLeg", "true");
            case OVERLAY ->
                Map.of(
                        "Rcml",
                        "<Response><" + InterruptedCall.OVER + "/><Play>http://app/over.wav</Play></Response>",
                        "Mode",
                        "overlay");
            case HOLD -> Map.of("Hold", "true");
        };
    }
}
