package teleapi.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import teleapi.call.directory.Account;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.VoiceSettings;
import teleapi.call.records.CallRecord;
import teleapi.sip.IncomingInvite;
import teleapi.sip.SipUri;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Replaces;

/**
 * Decides about an INVITE at the door: whose it is, what runs on it, or why it may not come in.
 *
 * <pre>
 * Thread  a SIP worker's; answers from memory
 * Source  CONTRACT section 4, last paragraph; reference/reliability.md S3: without credentials only numbers that an account has
 * </pre>
 */
final class Reception {
    /** What becomes of an INVITE. */
    sealed interface Decision {
        record Prove() implements Decision {}

        record TurnAway(int status, String reason) implements Decision {}

        record Welcome(
                Account account,
                String from,
                String to,
                Optional<String> callerName,
                Optional<String> forwardedFrom,
                Optional<PhoneNumber> number,
                NewDocument document,
                Optional<StatusCallback> statusCallback,
                Map<String, String> parameters)
                implements Decision {}
    }

    /** What becomes of an INVITE with Replaces. */
    sealed interface Place {
        record Prove() implements Place {}

        record TurnAway(int status, String reason) implements Place {}

        /** It comes in, to {@code other} at the other end of the bridge. */
        record Of(Account account, String from, Call other) implements Place {}
    }

    static final int MOST_X_HEADERS = 30;

    /** The number that stands for every number nobody else has (reference/restcomm.md 6.2). */
    static final String ANY = "*";

    private final Directory directory;
    private final Routes routes;

    Reception(Directory directory, Routes routes) {
        this.directory = directory;
        this.routes = routes;
    }

    /** {@code sender} is the call of ours that sent it, when it is one that calls a number of ours. */
    Decision decide(IncomingInvite invite, Optional<CallRecord> sender) {
        Optional<SipUri> target = SipUri.parse(invite.request().requestUri());
        String user = target.flatMap(SipUri::user).orElse("");
        if (user.isEmpty()) {
            return new Decision.TurnAway(404, "Not Found");
        }
        Optional<PhoneNumber> exact = directory.number(user);
        Optional<PhoneNumber> number = exact.or(() -> directory.number(ANY));
        if (sender.isPresent() && exact.isPresent()) {
            return toNumber(invite, sender.get().from(), user, exact.get());
        }
        if (invite.client().isPresent()) {
            return directory
                    .client(invite.client().get())
                    .map(client -> fromClient(invite, client, user, number))
                    .orElseGet(() -> new Decision.TurnAway(403, "Forbidden"));
        }
        if (routes.claimsToBeClient(invite.request())
                || (exact.isEmpty() && directory.client(user).isPresent())) {
            return new Decision.Prove();
        }
        return number.isEmpty()
                ? new Decision.TurnAway(404, "Not Found")
                : toNumber(invite, Routes.shownSender(invite.request()), user, number.get());
    }

    /** A client may take the place of any party of its account that it can name. */
    Place replaces(IncomingInvite invite, BiFunction<Sid, Replaces, Optional<Call>> live) {
        if (invite.client().isEmpty()) {
            return new Place.Prove();
        }
        List<String> values = invite.request().headers("Replaces");
        Optional<Replaces> wanted = values.size() == 1 ? Replaces.parse(values.getFirst()) : Optional.<Replaces>empty();
        if (wanted.isEmpty()) {
            return new Place.TurnAway(400, "Bad Replaces");
        }
        Optional<Client> client = directory.client(invite.client().get());
        Optional<Account> account = client.flatMap(known -> directory.activeAccount(known.accountSid()));
        if (client.isEmpty() || account.isEmpty()) {
            return new Place.TurnAway(403, "Forbidden");
        }
        Optional<Call> other = live.apply(account.get().sid(), wanted.get())
                .flatMap(Call::bridged)
                .map(Bridged::other);
        if (other.isEmpty()) {
            return new Place.TurnAway(481, "Call/Transaction Does Not Exist");
        }
        return wanted.get().earlyOnly()
                ? new Place.TurnAway(486, "Busy Here")
                : new Place.Of(account.get(), Routes.clientAddress(client.get().login()), other.get());
    }

    private Decision fromClient(IncomingInvite invite, Client client, String user, Optional<PhoneNumber> number) {
        String from = Routes.clientAddress(client.login());
        Optional<NewDocument> own = document(client.voice());
        if (own.isPresent()) {
            return welcome(
                    invite,
                    client.accountSid(),
                    from,
                    shownTarget(client, user),
                    Optional.empty(),
                    own.get(),
                    client.voice());
        }
        if (sameAccountClient(client, user)) {
            return welcome(
                    invite,
                    client.accountSid(),
                    from,
                    Routes.clientAddress(user),
                    Optional.empty(),
                    dial("<Client>" + xml(user) + "</Client>"),
                    VoiceSettings.NONE);
        }
        if (number.isPresent()) {
            return toNumber(invite, from, user, number.get());
        }
        return Routes.number(user)
                .map(digits -> welcome(
                        invite,
                        client.accountSid(),
                        from,
                        digits,
                        Optional.empty(),
                        dial("<Number>" + xml(digits) + "</Number>"),
                        VoiceSettings.NONE))
                .orElseGet(() -> new Decision.TurnAway(404, "Not Found"));
    }

    private Decision toNumber(IncomingInvite invite, String from, String dialled, PhoneNumber number) {
        return document(number.voice())
                .map(document -> welcome(
                        invite,
                        number.accountSid(),
                        from,
                        number.phoneNumber().equals(ANY) ? dialled : number.phoneNumber(),
                        Optional.of(number),
                        document,
                        number.voice()))
                .orElseGet(() -> new Decision.TurnAway(404, "Not Found"));
    }

    private Decision welcome(
            IncomingInvite invite,
            Sid account,
            String from,
            String to,
            Optional<PhoneNumber> number,
            NewDocument document,
            VoiceSettings voice) {
        Optional<Account> owner = directory.activeAccount(account);
        if (owner.isEmpty()) {
            return new Decision.TurnAway(403, "Forbidden");
        }
        var request = invite.request();
        var parameters = new LinkedHashMap<String, String>();
        request.uri().ifPresent(asked -> parameters.put("SipDomain", asked.host()));
        parameters.put("SipCallId", invite.dialog().callId());
        request.headers().stream()
                .filter(header -> header.name().regionMatches(true, 0, "X-", 0, 2))
                .limit(MOST_X_HEADERS)
                .forEach(header -> parameters.put("SipHeader_" + header.name(), header.value()));
        return new Decision.Welcome(
                owner.get(),
                from,
                to,
                Optional.of(request.from().display()).filter(name -> !name.isEmpty()),
                request.header("Diversion")
                        .flatMap(NameAddress::parse)
                        .flatMap(NameAddress::sipUri)
                        .flatMap(SipUri::user),
                number,
                document,
                voice.statusCallback()
                        .map(url -> new StatusCallback(
                                url, voice.statusCallbackMethod(), Set.of(StatusCallback.Event.COMPLETED))),
                parameters);
    }

    private Optional<NewDocument> document(VoiceSettings voice) {
        return voice.document(directory)
                .map(at -> new NewDocument.AtUrl(
                        new NewDocument.Fetch(at, voice.voiceMethod()),
                        voice.fallbackUrl().map(fallback -> new NewDocument.Fetch(fallback, voice.fallbackMethod()))));
    }

    private boolean sameAccountClient(Client caller, String user) {
        return directory.client(caller.accountSid(), user).isPresent();
    }

    private String shownTarget(Client client, String user) {
        return sameAccountClient(client, user)
                ? Routes.clientAddress(user)
                : Routes.number(user).orElse(user);
    }

    /** A call without an application: the caller hears what the callee's side says, answered when it answers. */
    private static NewDocument dial(String noun) {
        return new NewDocument.Inline(
                "<Response><Dial answerOnBridge=\"true\">" + noun + "</Dial></Response>", Optional.empty());
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
