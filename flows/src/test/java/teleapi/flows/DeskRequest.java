package teleapi.flows;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import teleapi.call.Controls;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;

/** What a desk's line of a flow asks for, in the parameters of the API; URLs are paths of the application. */
record DeskRequest(Map<String, String> fields, House house) {
    Modification modification(Sid sid, Consumer<ModificationStatus> told) {
        return new Modification(
                sid,
                document().map(document -> new Redirect(document, mode(), connected(document))),
                Optional.ofNullable(fields.get("Status"))
                        .map(status -> status.equals("canceled") ? Ending.CANCELED : Ending.COMPLETED),
                controls(),
                Optional.ofNullable(fields.get("StatusCallback"))
                        .map(url -> new Modification.Callback("http://app" + url, HttpMethod.POST)),
                fields.containsKey("If-Match")
                        ? OptionalLong.of(Long.parseLong(fields.get("If-Match")))
                        : OptionalLong.empty(),
                "true".equals(fields.get("DryRun")),
                told);
    }

    private Redirect.Mode mode() {
        return "overlay".equals(fields.get("Mode")) ? Redirect.Mode.OVERLAY : Redirect.Mode.REPLACE;
    }

    private Redirect.Connected connected(NewDocument document) {
        if (fields.containsKey("ConnectedUrl")) {
            return new Redirect.Connected.Run(
                    new NewDocument.AtUrl(
                            new NewDocument.Fetch("http://app" + fields.get("ConnectedUrl"), HttpMethod.POST),
                            Optional.empty()),
                    true);
        }
        if ("true".equals(fields.get("MoveConnectedCallLeg"))) {
            return new Redirect.Connected.Run(document, false);
        }
        return switch (fields.getOrDefault("ConnectedLeg", "")) {
            case "hangup" -> new Redirect.Connected.HangUp();
            case "continue" -> new Redirect.Connected.GoOn();
            case "hold" -> new Redirect.Connected.Hold();
            case "move" -> new Redirect.Connected.Run(document, true);
            default -> new Redirect.Connected.Usual();
        };
    }

    private Controls controls() {
        Optional<Controls.Source> source = Optional.ofNullable(fields.get("Say"))
                .<Controls.Source>map(text -> new Controls.Source.Text(text, "en", "man"))
                .or(() -> Optional.ofNullable(fields.get("Play")).map(Controls.Source.Url::new));
        return new Controls(
                flag("Mute"),
                flag("Deaf"),
                flag("Hold").map(on -> new Controls.Hold(on, Optional.ofNullable(fields.get("HoldUrl")))),
                source.map(sound -> new Controls.Over(
                        sound,
                        Integer.parseInt(fields.getOrDefault("Loop", "1")),
                        Controls.Legs.valueOf(
                                fields.getOrDefault("Legs", "self").toUpperCase(java.util.Locale.ROOT)))),
                Optional.ofNullable(fields.get("StopPlay")).map(which -> new Controls.Stop(Optional.empty())),
                Optional.ofNullable(fields.get("SendDigits")),
                Optional.empty(),
                Optional.ofNullable(fields.get("TimeLimit"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
    }

    private Optional<Boolean> flag(String name) {
        return Optional.ofNullable(fields.get(name)).map(Boolean::valueOf);
    }

    Optional<NewDocument> document() {
        if (fields.containsKey("ConnectTo")) {
            return house.switchboard
                    .find(house.account.sid(), new Sid(fields.get("ConnectTo")))
                    .map(other -> new NewDocument.Bridge(Sid.fresh(Sid.MODIFICATION, house.world), other));
        }
        Optional<NewDocument.Fetch> fallback = Optional.ofNullable(fields.get("FallbackUrl"))
                .map(url -> new NewDocument.Fetch("http://app" + url, HttpMethod.POST));
        return fields.containsKey("Rcml")
                ? Optional.of(new NewDocument.Inline(fields.get("Rcml"), fallback))
                : Optional.ofNullable(fields.get("Url"))
                        .map(url -> new NewDocument.AtUrl(
                                new NewDocument.Fetch("http://app" + url, HttpMethod.POST), fallback));
    }
}
