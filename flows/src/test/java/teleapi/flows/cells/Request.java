package teleapi.flows.cells;

import java.util.Map;

/** What is asked of a live call: the rows of the table. */
enum Request {
    CANCELED("`Status=canceled`"),
    COMPLETED("`Status=completed`"),
    URL("`Url`, `Rcml`"),
    RCML("`Url`, `Rcml`"),
    MOVE("`Url` + `MoveConnectedCallLeg`"),
    CONNECTED_MOVE("`Url` + `ConnectedLeg=move`, `hold`, `ConnectedUrl`, `ConnectedRcml`"),
    CONNECTED_HOLD("`Url` + `ConnectedLeg=move`, `hold`, `ConnectedUrl`, `ConnectedRcml`"),
    CONNECTED_URL("`Url` + `ConnectedLeg=move`, `hold`, `ConnectedUrl`, `ConnectedRcml`"),
    CONNECTED_RCML("`Url` + `ConnectedLeg=move`, `hold`, `ConnectedUrl`, `ConnectedRcml`"),
    CONNECTED_HANGUP("`Url` + `ConnectedLeg=hangup`, `continue`"),
    CONNECTED_CONTINUE("`Url` + `ConnectedLeg=hangup`, `continue`"),
    BROKEN_URL("`Url` that cannot be had or read"),
    FALLBACK("`Url` that fails, `FallbackUrl`"),
    DRY_RUN("`Url` + `DryRun`"),
    OVERLAY("`Url` + `Mode=overlay`"),
    CONNECT_TO("`ConnectTo`"),
    CONNECT_TO_ONE_THAT_RINGS("`ConnectTo`"),
    MUTE("`Mute`, `Deaf`, `Hold`"),
    DEAF("`Mute`, `Deaf`, `Hold`"),
    HOLD("`Mute`, `Deaf`, `Hold`"),
    PLAY("`Play`, `Say`, `SendDigits`"),
    SAY("`Play`, `Say`, `SendDigits`"),
    SEND_DIGITS("`Play`, `Say`, `SendDigits`"),
    PLAY_OTHER("`Play`, `Say` + `Legs=other`, `both`"),
    PLAY_BOTH("`Play`, `Say` + `Legs=other`, `both`"),
    SAY_OTHER("`Play`, `Say` + `Legs=other`, `both`"),
    RECORD("`Record=start`"),
    RECORD_STOP("`Record=stop`"),
    /** After Record=start, where a recording goes on then. */
    RECORD_PAUSE("`Record=pause`, `resume`"),
    RECORD_RESUME("`Record=pause`, `resume`"),
    TIME_LIMIT("`TimeLimit`");

    static final String DIGITS = "42";

    private final String row;

    Request(String row) {
        this.row = row;
    }

    /** The row's name in the table. */
    String row() {
        return row;
    }

    Map<String, String> form(Scene scene) {
        return switch (this) {
            case CANCELED -> Map.of("Status", "canceled");
            case COMPLETED -> Map.of("Status", "completed");
            case URL -> Map.of("Url", scene.document(Tone.NEW));
            case RCML -> Map.of("Rcml", "<Response>" + scene.play(Tone.NEW) + "</Response>");
            case MOVE -> Map.of("Url", scene.document(Tone.NEW), "MoveConnectedCallLeg", "true");
            case CONNECTED_MOVE -> Map.of("Url", scene.document(Tone.NEW), "ConnectedLeg", "move");
            case CONNECTED_HOLD -> Map.of("Url", scene.document(Tone.NEW), "ConnectedLeg", "hold");
            case CONNECTED_URL -> Map.of("Url", scene.document(Tone.NEW), "ConnectedUrl", scene.document(Tone.OTHERS));
            case CONNECTED_RCML ->
                Map.of(
                        "Url",
                        scene.document(Tone.NEW),
                        "ConnectedRcml",
                        "<Response>" + scene.play(Tone.OTHERS) + "</Response>");
            case CONNECTED_HANGUP -> Map.of("Url", scene.document(Tone.NEW), "ConnectedLeg", "hangup");
            case CONNECTED_CONTINUE -> Map.of("Url", scene.document(Tone.NEW), "ConnectedLeg", "continue");
            case BROKEN_URL -> Map.of("Url", scene.stage.url("/broken"));
            case FALLBACK -> Map.of("Url", scene.stage.url("/broken"), "FallbackUrl", scene.stage.url("/fallback"));
            case DRY_RUN -> Map.of("Url", scene.document(Tone.NEW), "MoveConnectedCallLeg", "true", "DryRun", "true");
            case OVERLAY -> Map.of("Url", scene.stage.url("/overlay"), "Mode", "overlay");
            case CONNECT_TO, CONNECT_TO_ONE_THAT_RINGS -> Map.of("ConnectTo", scene.sid(Player.CAROL));
            case MUTE -> Map.of("Mute", "true");
            case DEAF -> Map.of("Deaf", "true");
            case HOLD -> Map.of("Hold", "true");
            case PLAY -> Map.of("Play", scene.stage.url(Tone.OVER.file()), "Loop", "0");
            case SAY -> Map.of("Say", "one moment please");
            case SEND_DIGITS -> Map.of("SendDigits", DIGITS);
            case PLAY_OTHER -> Map.of("Play", scene.stage.url(Tone.OVER.file()), "Loop", "0", "Legs", "other");
            case PLAY_BOTH -> Map.of("Play", scene.stage.url(Tone.OVER.file()), "Loop", "0", "Legs", "both");
            // Beside the target's voice speech is not told apart.
            case SAY_OTHER -> Map.of("Say", "one moment please", "Legs", "other", "Mute", "true");
            case RECORD -> Map.of("Record", "start");
            case RECORD_STOP -> Map.of("Record", "stop");
            case RECORD_PAUSE -> Map.of("Record", "pause");
            case RECORD_RESUME -> Map.of("Record", "resume");
            case TIME_LIMIT -> Map.of("TimeLimit", "1");
        };
    }

    /** Whether it puts another document in the place of what runs. */
    boolean redirects() {
        return switch (this) {
            case URL, RCML, FALLBACK, MOVE, CONNECTED_MOVE, CONNECTED_HOLD -> true;
            case CONNECTED_URL, CONNECTED_RCML, CONNECTED_HANGUP, CONNECTED_CONTINUE -> true;
            default -> false;
        };
    }
}
