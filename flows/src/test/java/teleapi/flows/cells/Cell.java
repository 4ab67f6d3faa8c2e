package teleapi.flows.cells;

import java.util.List;

/**
 * One cell of the table: a request in a situation, and what should come of it.
 *
 * <pre>
 * Source  docs/api/live-call-modification.md; CONTRACT section 2 "Rules"
 * </pre>
 */
public record Cell(Request request, Situation situation) {
    private static final int GONE = 410;
    private static final int CALL_ENDED = 21220;
    static final int CONFLICT = 409;
    private static final int STATE_FORBIDS = 29409;
    private static final int FAILED = 422;
    static final int NOT_WELL_FORMED = 12100;

    public static List<Cell> all() {
        return java.util.Arrays.stream(Situation.values())
                .flatMap(situation ->
                        java.util.Arrays.stream(Request.values()).map(request -> new Cell(request, situation)))
                .toList();
    }

    @Override
    public String toString() {
        return (request + " × " + situation).toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** What the API answers. */
    int status() {
        return switch (situation.state()) {
            case ENDED -> GONE;
            case LEG_RINGS ->
                switch (request) {
                    case CANCELED, COMPLETED, MUTE, DEAF, HOLD, RECORD, TIME_LIMIT -> 200;
                    default -> CONFLICT;
                };
            case QUEUED, RINGING, UNANSWERED ->
                switch (request) {
                    case CONNECTED_MOVE, CONNECTED_HOLD, CONNECTED_URL, CONNECTED_RCML, OVERLAY -> CONFLICT;
                    case CONNECT_TO, CONNECT_TO_ONE_THAT_RINGS -> CONFLICT;
                    case PLAY, SAY, SEND_DIGITS, PLAY_OTHER, PLAY_BOTH, SAY_OTHER -> CONFLICT;
                    case RECORD_STOP, RECORD_PAUSE, RECORD_RESUME -> CONFLICT;
                    case BROKEN_URL -> situation.state() == State.UNANSWERED ? FAILED : 200;
                    default -> 200;
                };
            case PARENT_RINGS, IN_PROGRESS ->
                switch (request) {
                    case CONNECTED_MOVE, CONNECTED_HOLD, CONNECTED_URL, CONNECTED_RCML -> talks() ? 200 : CONFLICT;
                    case PLAY_OTHER, PLAY_BOTH, SAY_OTHER -> talks() ? 200 : CONFLICT;
                    case RECORD_STOP, RECORD_RESUME -> situation == Situation.RECORD ? 200 : CONFLICT;
                    case CONNECT_TO_ONE_THAT_RINGS -> CONFLICT;
                    case BROKEN_URL -> FAILED;
                    default -> 200;
                };
        };
    }

    int code() {
        return switch (status()) {
            case GONE -> CALL_ENDED;
            case CONFLICT -> STATE_FORBIDS;
            case FAILED -> NOT_WELL_FORMED;
            default -> 0;
        };
    }

    /** Whether the call goes on as if nothing had been asked. */
    boolean unchanged() {
        return status() != 200 || request == Request.DRY_RUN;
    }

    private boolean talks() {
        return switch (situation) {
            case DIALLED,
                    DIALLED_BY,
                    MADE_BY_THE_API_AND_DIALLED,
                    DIALLED_BY_ONE_OF_THE_API,
                    CLIENT_TO_CLIENT_CALLER,
                    CLIENT_TO_CLIENT_CALLEE,
                    TAKEN_OUT_OF_A_QUEUE,
                    TOOK_OUT_OF_A_QUEUE -> true;
            default -> false;
        };
    }

    /** Plays it; answers the gaps that were heard. */
    public List<String> play(Stage stage) {
        var scene = new Scene(stage);
        new Playing(this, scene, situation.begin(scene)).play();
        scene.end();
        return scene.gaps();
    }
}
