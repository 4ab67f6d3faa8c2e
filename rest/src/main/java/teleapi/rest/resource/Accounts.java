package teleapi.rest.resource;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Accounts}: one's own and its sub-accounts, one level deep. */
final class Accounts {
    private static final int LONGEST_PASSWORD = 128;

    private final Parts parts;
    private final EventStreams streams;
    private final Keeping<Account> keeping;

    Accounts(Parts parts, EventStreams streams) {
        this.parts = parts;
        this.streams = streams;
        this.keeping = new Keeping<>(
                parts.provisioning().accounts(),
                Sid.ACCOUNT,
                "",
                "Account",
                "Account",
                "accounts",
                "accounts",
                Accounts::describe);
    }

    List<Route> routes() {
        return List.of(
                Route.at("").on("GET", this::list).on("POST", this::create),
                Route.at("{Account}")
                        .on("GET", this::get)
                        .on("POST", this::update)
                        .on("PUT", this::update)
                        .on("DELETE", this::remove));
    }

    private Reply list(Ask ask) {
        Optional<String> name = ask.filters().text("FriendlyName");
        return Reply.listed(
                "Accounts",
                Paging.listing(
                        ask,
                        Paging.of(ask)
                                .cut(keeping.shelf().list(ask.sender().sid()).stream()
                                        .filter(shown ->
                                                name.isEmpty() || name.get().equals(shown.friendlyName()))
                                        .toList()),
                        ask.dialect().base() + "/Accounts",
                        "accounts",
                        "accounts",
                        "Account",
                        account -> describe(account, ask)));
    }

    private Reply create(Ask ask) {
        if (ask.sender().parent().isPresent()) {
            throw Refused.with(Code.FORBIDDEN, "a sub-account cannot have sub-accounts");
        }
        // Checked and not kept: an account proves itself by its token.
        ask.parameters().text("Password", LONGEST_PASSWORD);
        var token = new byte[16];
        parts.world().random().fill(token);
        Instant now = parts.world().time().now();
        return keeping.add(
                ask,
                new Account(
                        Sid.fresh(Sid.ACCOUNT, parts.world()),
                        Optional.of(ask.sender().sid()),
                        ask.parameters().text("FriendlyName").orElse("Sub-account"),
                        ask.parameters().text("EmailAddress").orElse(""),
                        true,
                        HexFormat.of().formatHex(token),
                        now,
                        now));
    }

    private Reply get(Ask ask) {
        return Reply.described(200, "Account", describe(ask.account(), ask));
    }

    private Reply update(Ask ask) {
        Optional<Boolean> active = ask.parameters().text("Status").map(Accounts::active);
        if (active.equals(Optional.of(false))
                && ask.account().sid().equals(ask.sender().sid())) {
            throw Refused.with(Code.FORBIDDEN, "Status: an account cannot close itself");
        }
        Optional<String> name = ask.parameters().text("FriendlyName");
        Optional<String> email = ask.parameters().text("EmailAddress");
        Instant now = parts.world().time().now();
        Reply changed = keeping.change(
                ask,
                old -> new Account(
                        old.sid(),
                        old.parent(),
                        name.orElse(old.friendlyName()),
                        email.orElse(old.emailAddress()),
                        active.orElse(old.active()),
                        old.authToken(),
                        old.dateCreated(),
                        now));
        streams.changed(ask.account().sid());
        return changed;
    }

    private Reply remove(Ask ask) {
        if (ask.account().sid().equals(ask.sender().sid())) {
            throw Refused.with(Code.FORBIDDEN, "an account cannot delete itself");
        }
        if (!keeping.shelf().remove(ask.sender().sid(), ask.account().sid())) {
            throw Refused.with(Code.NOT_FOUND);
        }
        streams.changed(ask.account().sid());
        return Reply.empty(204);
    }

    private static boolean active(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "active" -> true;
            case "suspended", "closed" -> false;
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be active, suspended or closed");
        };
    }

    private static Fields describe(Account account, Ask ask) {
        String uri = ask.dialect().base() + "/Accounts/" + account.sid();
        Fields subresources = new Fields();
        for (String name :
                List.of("calls", "conferences", "incoming_phone_numbers", "notifications", "applications", "clients")) {
            subresources.text(name, uri + "/" + path(name) + ask.format().suffix());
        }
        return new Fields()
                .text("sid", account.sid().text())
                .date("date_created", account.dateCreated())
                .date("date_updated", account.dateUpdated())
                .text("friendly_name", account.friendlyName())
                .text("email_address", account.emailAddress())
                .text(
                        "owner_account_sid",
                        account.parent().map(Sid::text).orElse(account.sid().text()))
                .text("type", "Full")
                .text("status", account.active() ? "active" : "suspended")
                .text("auth_token", account.authToken())
                .text("uri", uri + ask.format().suffix())
                .group("subresource_uris", subresources);
    }

    private static String path(String name) {
        return switch (name) {
            case "incoming_phone_numbers" -> "IncomingPhoneNumbers";
            default -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        };
    }
}
