package teleapi.rest.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Client;
import teleapi.call.directory.VoiceSettings;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Clients}: phones and browsers that register. The password is taken and never shown. */
final class Clients {
    private static final int LONGEST_LOGIN = 64;
    private static final int LONGEST_PASSWORD = 128;

    private final Parts parts;
    private final Keeping<Client> keeping;

    Clients(Parts parts) {
        this.parts = parts;
        this.keeping = new Keeping<>(
                parts.provisioning().clients(),
                Sid.CLIENT,
                "Clients",
                "Client",
                "Client",
                "clients",
                "clients",
                Clients::describe);
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Clients").on("GET", this::list).on("POST", this::create),
                Route.at("{Account}/Clients/{Client}")
                        .on("GET", keeping::get)
                        .on("POST", this::update)
                        .on("PUT", this::update)
                        .on("DELETE", keeping::remove));
    }

    private Reply list(Ask ask) {
        Optional<String> login = ask.filters().text("Login");
        return keeping.list(ask, shown -> login.isEmpty() || login.get().equals(shown.login()));
    }

    private Reply create(Ask ask) {
        String login = ask.parameters()
                .text("Login", LONGEST_LOGIN)
                .orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "Login", "is missing"));
        String password =
                password(ask).orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "Password", "is missing"));
        Instant now = parts.world().time().now();
        return keeping.add(
                ask,
                new Client(
                        Sid.fresh(Sid.CLIENT, parts.world()),
                        ask.account().sid(),
                        checked(login),
                        password,
                        ask.parameters().text("FriendlyName").orElse(login),
                        Voice.read(ask, VoiceSettings.NONE, parts.directory()),
                        now,
                        now));
    }

    private Reply update(Ask ask) {
        Optional<String> login = ask.parameters().text("Login", LONGEST_LOGIN).map(Clients::checked);
        Optional<String> password = password(ask);
        Instant now = parts.world().time().now();
        return keeping.change(
                ask,
                old -> new Client(
                        old.sid(),
                        old.accountSid(),
                        login.orElse(old.login()),
                        password.orElse(old.password()),
                        ask.parameters().text("FriendlyName").orElse(old.friendlyName()),
                        Voice.read(ask, old.voice(), parts.directory()),
                        old.dateCreated(),
                        now));
    }

    private static Optional<String> password(Ask ask) {
        return ask.parameters().text("Password", LONGEST_PASSWORD);
    }

    /** What can stand in a SIP URI and in client:name without escapes. */
    private static String checked(String login) {
        boolean fits = login.chars()
                .allMatch(c -> (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || "+-_.".indexOf(c) >= 0);
        if (!fits) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Login", "can have letters, digits and + - _ . only");
        }
        return login;
    }

    private static Fields describe(Client client, Ask ask) {
        Fields fields = new Fields()
                .text("sid", client.sid().text())
                .date("date_created", client.dateCreated())
                .date("date_updated", client.dateUpdated())
                .text("account_sid", client.accountSid().text())
                .text("api_version", ask.dialect().version())
                .text("friendly_name", client.friendlyName())
                .text("login", client.login())
                .count("status", 1);
        return Voice.describe(fields, client.voice()).text("uri", ask.uri("Clients/" + client.sid()));
    }
}
