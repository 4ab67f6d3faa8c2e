package teleapi.rest.resource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import teleapi.call.Controls;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;
import teleapi.rest.LiveCalls;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/**
 * What a request asks of a live call, checked as far as that can be done without asking the call; not yet bound to an identity.
 *
 * <pre>
 * Errors  Refused 400 that names the parameter
 * Source  CONTRACT section 2 "Live call modification"; docs/api/live-call-modification.md
 * </pre>
 *
 * @param connectTo another live call that this one is to be joined to
 */
record ModificationRequest(
        Optional<Redirect> redirect,
        Optional<Sid> connectTo,
        Optional<Ending> ending,
        Controls controls,
        Optional<Modification.Callback> statusCallback,
        boolean dryRun) {
    private static final int LONGEST_CALL_SECONDS = 14_400;
    private static final int LONGEST_SAID = 4_000;
    private static final int MOST_LOOPS = 1_000;

    /** What makes no sense for a participant: it is about the document that the call runs, or about its end. */
    static final List<String> OF_CALLS_ALONE = List.of(
            "Url",
            "Rcml",
            "Twiml",
            "ConnectTo",
            "Status",
            "Mode",
            "ConnectedLeg",
            "ConnectedUrl",
            "ConnectedRcml",
            "MoveConnectedCallLeg",
            "StatusCallback");

    /** Mute alone, for Participants. */
    static ModificationRequest of(Controls controls) {
        return new ModificationRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), controls, Optional.empty(), false);
    }

    /** Its end alone, for Participants. */
    static ModificationRequest of(Ending ending) {
        return new ModificationRequest(
                Optional.empty(), Optional.empty(), Optional.of(ending), Controls.UNCHANGED, Optional.empty(), false);
    }

    /** The same, with these controls. */
    ModificationRequest with(Controls others) {
        return new ModificationRequest(redirect, connectTo, ending, others, statusCallback, dryRun);
    }

    /** Whether the change is to be planned only. */
    static boolean dryRun(Parameters parameters) {
        return parameters.flag("DryRun").orElse(false);
    }

    /** The same, to be planned only where that is wanted. */
    ModificationRequest dry(boolean wanted) {
        return wanted ? new ModificationRequest(redirect, connectTo, ending, controls, statusCallback, true) : this;
    }

    static ModificationRequest read(Parameters parameters) {
        Optional<NewDocument> document = Documents.read(parameters);
        Optional<Sid> connectTo = parameters.sid("ConnectTo", Sid.CALL);
        Optional<Ending> ending = parameters.text("Status").map(ModificationRequest::ending);
        HttpMethod method = parameters.method("StatusCallbackMethod").orElse(HttpMethod.POST);
        Optional<Modification.Callback> callback =
                parameters.url("StatusCallback").map(url -> new Modification.Callback(url, method));
        Controls controls = controls(parameters);
        boolean dryRun = dryRun(parameters);
        boolean redirects = document.isPresent() || connectTo.isPresent();
        if (ending.isPresent() && redirects) {
            throw Refused.parameter(Code.EXCLUDES, "Status", "not together with Url, Rcml or ConnectTo");
        }
        if (document.isPresent() && connectTo.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "ConnectTo", "not together with Url or Rcml");
        }
        if (redirects) {
            parameters.refuse(
                    List.of("Play", "Say", "StopPlay", "SendDigits", "HoldUrl"),
                    Code.EXCLUDES,
                    "not together with Url, Rcml or ConnectTo");
            if (controls.recording()
                    .filter(wanted -> !(wanted instanceof Controls.Recording.Start))
                    .isPresent()) {
                throw Refused.parameter(Code.EXCLUDES, "Record", "only start together with Url, Rcml or ConnectTo");
            }
        }
        Optional<Redirect> redirect = redirect(parameters, document);
        if (!redirects && ending.isEmpty() && controls.unchanged() && callback.isEmpty()) {
            companions(parameters);
            throw Refused.with(
                    Code.NOTHING_TO_DO,
                    "none of Url, Rcml, ConnectTo, Status, Mute, Deaf, Hold, Play, Say, StopPlay, SendDigits,"
                            + " Record, TimeLimit, StatusCallback is given");
        }
        return new ModificationRequest(redirect, connectTo, ending, controls, callback, dryRun);
    }

    /** What only says how something else is done is right beside any change and does nothing there; alone it is refused by its name. */
    private static void companions(Parameters parameters) {
        parameters.refuse(List.of("Method", "FallbackUrl", "FallbackMethod"), Code.NOTHING_TO_DO, "needs Url or Rcml");
        parameters.refuse(List.of("ConnectedMethod"), Code.NOTHING_TO_DO, "needs ConnectedUrl");
        parameters.refuse(List.of("StatusCallbackMethod"), Code.NOTHING_TO_DO, "needs StatusCallback");
    }

    /** The modification itself, of this identity. */
    Modification modification(
            Sid sid,
            Sid account,
            LiveCalls liveCalls,
            OptionalLong expectedRevision,
            Consumer<ModificationStatus> told) {
        Optional<NewDocument> bridge = connectTo.map(other -> liveCalls
                .bridge(account, sid, other)
                .orElseThrow(() -> Refused.parameter(Code.NOT_FOUND, "ConnectTo", "no such live call")));
        return new Modification(
                sid,
                redirect.or(() -> bridge.map(Redirect::to)),
                ending,
                controls,
                statusCallback,
                expectedRevision,
                dryRun,
                told);
    }

    // ---- the document, and the other leg's

    private static Optional<Redirect> redirect(Parameters parameters, Optional<NewDocument> document) {
        boolean overlay = parameters
                .text("Mode")
                .map(mode -> oneOf("Mode", mode, List.of("replace", "overlay")).equals("overlay"))
                .orElse(false);
        boolean move = parameters.flag("MoveConnectedCallLeg").orElse(false);
        Optional<String> fate = parameters
                .text("ConnectedLeg")
                .map(word -> oneOf("ConnectedLeg", word, List.of("hangup", "continue", "move", "hold")));
        Optional<NewDocument> connected = Documents.connected(parameters);
        if (document.isEmpty()) {
            List<String> companions = List.of("ConnectedLeg", "ConnectedUrl", "ConnectedRcml", "Mode");
            parameters.refuse(
                    move ? List.of("MoveConnectedCallLeg") : companions, Code.NOTHING_TO_DO, "needs Url or Rcml");
            return Optional.empty();
        }
        if (connected.isPresent() && (move || !fate.orElse("move").equals("move"))) {
            throw Refused.parameter(
                    Code.EXCLUDES, "ConnectedUrl", "not together with MoveConnectedCallLeg, nor another ConnectedLeg");
        }
        if (move && !fate.orElse("move").equals("move")) {
            throw Refused.parameter(Code.EXCLUDES, "ConnectedLeg", "says otherwise than MoveConnectedCallLeg");
        }
        Connected other = connected
                .<Connected>map(own -> new Connected.Run(own, true))
                .orElseGet(() -> connected(fate.orElse(move ? "moved along" : "usual"), document.get()));
        if (overlay && !(other instanceof Connected.Usual || other instanceof Connected.Run)) {
            throw Refused.parameter(Code.EXCLUDES, "ConnectedLeg", "an overlay leaves the other leg where it is");
        }
        return Optional.of(
                new Redirect(document.get(), overlay ? Redirect.Mode.OVERLAY : Redirect.Mode.REPLACE, other));
    }

    private static Connected connected(String fate, NewDocument document) {
        return switch (fate) {
            case "hangup" -> new Connected.HangUp();
            case "continue" -> new Connected.GoOn();
            case "hold" -> new Connected.Hold();
            case "move" -> new Connected.Run(document, true);
            // The contract: both legs, if one is connected.
            case "moved along" -> new Connected.Run(document, false);
            default -> new Connected.Usual();
        };
    }

    private static Ending ending(String text) {
        return switch (text) {
            case "canceled" -> Ending.CANCELED;
            case "completed" -> Ending.COMPLETED;
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be canceled or completed");
        };
    }

    // ---- live controls

    static Controls controls(Parameters parameters) {
        return new Controls(
                parameters.flag("Mute"),
                parameters.flag("Deaf"),
                hold(parameters),
                over(parameters),
                parameters.text("StopPlay").map(ModificationRequest::stop),
                parameters.text("SendDigits", CallRequest.LONGEST_DIGITS).map(CallRequest::digits),
                RecordingRequest.live(parameters),
                parameters.number("TimeLimit", 1, LONGEST_CALL_SECONDS).map(Duration::ofSeconds));
    }

    private static Optional<Controls.Hold> hold(Parameters parameters) {
        Optional<String> music = parameters.url("HoldUrl");
        Optional<Boolean> hold = parameters.flag("Hold");
        if (parameters
                .method("HoldMethod")
                .filter(method -> method != HttpMethod.GET)
                .isPresent()) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "HoldMethod", "must be GET");
        }
        if (music.isPresent() && !hold.orElse(false)) {
            throw Refused.parameter(Code.NOTHING_TO_DO, "HoldUrl", "needs Hold=true");
        }
        return hold.map(on -> new Controls.Hold(on, music));
    }

    private static Optional<Controls.Over> over(Parameters parameters) {
        Optional<String> url = parameters.url("Play");
        Optional<String> said = parameters.raw("Say").filter(text -> !text.isBlank());
        if (url.isPresent() && said.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Play", "not together with Say");
        }
        said.filter(text -> text.length() > LONGEST_SAID).ifPresent(text -> {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Say", "longer than " + LONGEST_SAID + " characters");
        });
        String language = parameters.text("SayLanguage").orElse("en");
        String voice = parameters.text("SayVoice").orElse("man");
        int loops = parameters.number("Loop", 0, MOST_LOOPS).orElse(1);
        Controls.Legs legs = parameters
                .text("Legs")
                .map(word -> Controls.Legs.valueOf(
                        oneOf("Legs", word, List.of("self", "other", "both")).toUpperCase(java.util.Locale.ROOT)))
                .orElse(Controls.Legs.SELF);
        Optional<Controls.Source> source = url.<Controls.Source>map(Controls.Source.Url::new)
                .or(() -> said.map(text -> new Controls.Source.Text(text, language, voice)));
        if (source.isEmpty()) {
            parameters.refuse(
                    List.of("Loop", "Legs", "SayLanguage", "SayVoice"), Code.NOTHING_TO_DO, "needs Play or Say");
        }
        return source.map(sound -> new Controls.Over(sound, loops, legs));
    }

    private static Controls.Stop stop(String which) {
        return new Controls.Stop(
                which.equals("all")
                        ? Optional.empty()
                        : Optional.of(Sid.parse(Sid.MODIFICATION, which)
                                .orElseThrow(() -> Refused.parameter(
                                        Code.INVALID_PARAMETER,
                                        "StopPlay",
                                        "must be all, or the Sid of the modification that began the sound"))));
    }

    private static String oneOf(String name, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Refused.parameter(Code.INVALID_PARAMETER, name, "must be one of " + String.join(", ", words));
        }
        return word;
    }
}
