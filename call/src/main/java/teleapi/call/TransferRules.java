package teleapi.call;

import java.util.Optional;
import java.util.stream.Stream;
import teleapi.call.directory.Directory;
import teleapi.rcml.Client;
import teleapi.rcml.LegOptions;
import teleapi.rcml.Noun;
import teleapi.rcml.Number;
import teleapi.rcml.Position;
import teleapi.sip.Referral;
import teleapi.sip.SipUri;

/**
 * Whom a party may transfer the other one to when no application decides: a client of ours, to whom it might dial itself.
 *
 * <pre>
 * Thread  any; answers from memory
 * Source  ADR-0018; reference/reliability.md S3: the same guard for Dial, Refer and transfer
 * </pre>
 */
final class TransferRules {
    private static final Position HERE = new Position(1, 1);

    private final Directory directory;
    private final Routes routes;

    TransferRules(Directory directory, Routes routes) {
        this.directory = directory;
        this.routes = routes;
    }

    Optional<Noun.Ringable> target(Call by, Referral referral) {
        boolean may = client(by)
                .filter(login -> referral.fromItsClient() || referral.digest().equals(Optional.of(login)))
                .flatMap(login -> directory.client(by.account().sid(), login))
                .filter(client -> !client.voice().handledByApplication())
                .flatMap(client -> directory.activeAccount(client.accountSid()))
                .isPresent();
        return may && here(by, referral.target())
                ? referral.target().user().flatMap(user -> noun(by.account().sid(), user))
                : Optional.empty();
    }

    private Optional<Noun.Ringable> noun(Sid account, String user) {
        if (directory.client(account, user).isPresent()) {
            return Optional.of(new Client(HERE, user, LegOptions.none()));
        }
        return Routes.number(user).map(digits -> new Number(HERE, digits, "", LegOptions.none()));
    }

    /** The client at the other end of a call's leg. */
    private static Optional<String> client(Call call) {
        return switch (call.origin()) {
            case Origin.Inbound inbound -> inbound.invite().client();
            case Origin.FromApi fromApi -> client(fromApi.destination());
            case Origin.Dialled dialled -> client(dialled.destination());
        };
    }

    private static Optional<String> client(Destination destination) {
        return destination instanceof Destination.Reachable reachable
                        && reachable.contact().isPresent()
                ? Routes.login(reachable.shown())
                : Optional.empty();
    }

    /** Whether a URI is one of ours: at our address, or at the name by which the client calls us. */
    private boolean here(Call by, SipUri uri) {
        if (uri.scheme().equals("tel") || routes.ours(uri)) {
            return true;
        }
        if (!(by.origin() instanceof Origin.Inbound inbound)) {
            return false;
        }
        var request = inbound.invite().request();
        return Stream.of(request.uri(), request.from().sipUri())
                .flatMap(Optional::stream)
                .anyMatch(name -> name.host().equals(uri.host()));
    }
}
