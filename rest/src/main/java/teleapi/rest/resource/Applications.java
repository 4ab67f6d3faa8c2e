package teleapi.rest.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Application;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Applications}: a document's URL under a name. SDKs call the URL VoiceUrl. */
final class Applications {
    private final Parts parts;
    private final Keeping<Application> keeping;

    Applications(Parts parts) {
        this.parts = parts;
        this.keeping = new Keeping<>(
                parts.provisioning().applications(),
                Sid.APPLICATION,
                "Applications",
                "Application",
                "Application",
                "applications",
                "applications",
                Applications::describe);
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Applications").on("GET", this::list).on("POST", this::create),
                Route.at("{Account}/Applications/{Application}")
                        .on("GET", keeping::get)
                        .on("POST", this::update)
                        .on("PUT", this::update)
                        .on("DELETE", keeping::remove));
    }

    private Reply list(Ask ask) {
        Optional<String> name = ask.filters().text("FriendlyName");
        return keeping.list(ask, shown -> name.isEmpty() || name.get().equals(shown.friendlyName()));
    }

    private Reply create(Ask ask) {
        String name = ask.parameters()
                .text("FriendlyName")
                .orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "FriendlyName", "is missing"));
        Instant now = parts.world().time().now();
        return keeping.add(
                ask,
                new Application(
                        Sid.fresh(Sid.APPLICATION, parts.world()),
                        ask.account().sid(),
                        name,
                        url(ask.parameters(), Optional.empty()),
                        now,
                        now));
    }

    private Reply update(Ask ask) {
        Instant now = parts.world().time().now();
        return keeping.change(
                ask,
                old -> new Application(
                        old.sid(),
                        old.accountSid(),
                        ask.parameters().text("FriendlyName").orElse(old.friendlyName()),
                        url(ask.parameters(), old.rcmlUrl()),
                        old.dateCreated(),
                        now));
    }

    private static Optional<String> url(Parameters parameters, Optional<String> before) {
        return Voice.url(parameters, parameters.has("RcmlUrl") ? "RcmlUrl" : "VoiceUrl", before);
    }

    private static Fields describe(Application application, Ask ask) {
        return new Fields()
                .text("sid", application.sid().text())
                .date("date_created", application.dateCreated())
                .date("date_updated", application.dateUpdated())
                .text("friendly_name", application.friendlyName())
                .text("account_sid", application.accountSid().text())
                .text("api_version", ask.dialect().version())
                .text("rcml_url", application.rcmlUrl())
                .text("voice_url", application.rcmlUrl())
                .text("kind", "voice")
                .text("uri", ask.uri("Applications/" + application.sid()));
    }
}
