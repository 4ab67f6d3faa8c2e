package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Notification;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Notifications} of an account or of one call: what was wrong with its documents and servers; newest first. */
final class NotificationList {
    private final Parts parts;

    NotificationList(Parts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Notifications").on("GET", ask -> list(ask, Optional.empty(), "Notifications")),
                Route.at("{Account}/Calls/{Call}/Notifications").on("GET", this::ofCall));
    }

    private Reply ofCall(Ask ask) {
        Sid call = Calls.known(parts, ask);
        return list(ask, Optional.of(call), "Calls/" + call + "/Notifications");
    }

    private Reply list(Ask ask, Optional<Sid> call, String path) {
        Paging paging = Paging.of(ask);
        return Reply.listed(
                "Notifications",
                Paging.listing(
                        ask,
                        parts.notifications().list(ask.account().sid(), call, paging.page(), paging.size()),
                        ask.base() + "/" + path,
                        "notifications",
                        "notifications",
                        "Notification",
                        notification -> describe(notification, ask)));
    }

    private static Fields describe(Notification notification, Ask ask) {
        return new Fields()
                .text("sid", notification.sid().text())
                .date("date_created", notification.date())
                .date("date_updated", notification.date())
                .text("account_sid", notification.accountSid().text())
                .text("call_sid", notification.callSid().map(Sid::text))
                .text("api_version", ask.dialect().version())
                // restcomm.md 4.3: 0 error, 1 warning
                .text("log", notification.error() ? "0" : "1")
                .text("error_code", Integer.toString(notification.code()))
                .text("more_info", Reply.moreInfo(notification.code()))
                .text("message_text", notification.message())
                .date("message_date", notification.date())
                .text("request_url", notification.requestUrl())
                .text("uri", ask.uri("Notifications/" + notification.sid()));
    }
}
