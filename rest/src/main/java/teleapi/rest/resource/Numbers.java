package teleapi.rest.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.MessageSettings;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.VoiceSettings;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code IncomingPhoneNumbers}: what can be called and written to, and what runs then. */
final class Numbers {
    private static final int LONGEST = 64;

    private final Parts parts;
    private final Keeping<PhoneNumber> keeping;

    Numbers(Parts parts) {
        this.parts = parts;
        this.keeping = new Keeping<>(
                parts.provisioning().numbers(),
                Sid.NUMBER,
                "IncomingPhoneNumbers",
                "IncomingPhoneNumber",
                "Number",
                "incomingPhoneNumbers",
                "incoming_phone_numbers",
                Numbers::describe);
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/IncomingPhoneNumbers").on("GET", this::list).on("POST", this::create),
                Route.at("{Account}/IncomingPhoneNumbers/{Number}")
                        .on("GET", keeping::get)
                        .on("POST", this::update)
                        .on("PUT", this::update)
                        .on("DELETE", keeping::remove));
    }

    private Reply list(Ask ask) {
        Optional<String> number = ask.filters().address("PhoneNumber", LONGEST);
        Optional<String> name = ask.filters().text("FriendlyName");
        return keeping.list(
                ask,
                shown -> (number.isEmpty() || number.get().equals(shown.phoneNumber()))
                        && (name.isEmpty() || name.get().equals(shown.friendlyName())));
    }

    private Reply create(Ask ask) {
        String number = ask.parameters()
                .address("PhoneNumber", LONGEST)
                .orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "PhoneNumber", "is missing"));
        Instant now = parts.world().time().now();
        return keeping.add(
                ask,
                new PhoneNumber(
                        Sid.fresh(Sid.NUMBER, parts.world()),
                        ask.account().sid(),
                        checked(number),
                        ask.parameters().text("FriendlyName").orElse(number),
                        Voice.read(ask, VoiceSettings.NONE, parts.directory()),
                        Texting.read(ask, MessageSettings.NONE, parts.directory()),
                        now,
                        now));
    }

    private Reply update(Ask ask) {
        Optional<String> number =
                ask.parameters().address("PhoneNumber", LONGEST).map(Numbers::checked);
        Instant now = parts.world().time().now();
        return keeping.change(
                ask,
                old -> new PhoneNumber(
                        old.sid(),
                        old.accountSid(),
                        number.orElse(old.phoneNumber()),
                        ask.parameters().text("FriendlyName").orElse(old.friendlyName()),
                        Voice.read(ask, old.voice(), parts.directory()),
                        Texting.read(ask, old.sms(), parts.directory()),
                        old.dateCreated(),
                        now));
    }

    /** A number with or without +, or the user part of a SIP URI: what can stand in a Request-URI without escapes (RFC 3261 §25.1). */
    private static String checked(String number) {
        boolean fits = number.chars()
                .allMatch(c -> (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || "+*#-_.".indexOf(c) >= 0);
        if (!fits || number.lastIndexOf('+') > 0 || number.equals("+")) {
            throw Refused.parameter(
                    Code.INVALID_PARAMETER, "PhoneNumber", "must be digits with or without +, or a SIP user name");
        }
        return number;
    }

    private static Fields describe(PhoneNumber number, Ask ask) {
        Fields fields = new Fields()
                .text("sid", number.sid().text())
                .date("date_created", number.dateCreated())
                .date("date_updated", number.dateUpdated())
                .text("friendly_name", number.friendlyName())
                .text("account_sid", number.accountSid().text())
                .text("phone_number", number.phoneNumber())
                .text("api_version", ask.dialect().version());
        return Texting.describe(Voice.describe(fields, number.voice()), number.sms())
                .group(
                        "capabilities",
                        new Fields()
                                .flag("voice", true)
                                .flag("sms", true)
                                .flag("mms", false)
                                .flag("fax", false))
                .text("uri", ask.uri("IncomingPhoneNumbers/" + number.sid()));
    }
}
