package teleapi.call;

import java.util.Optional;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.messaging.Messages;
import teleapi.sip.IncomingMessage;
import teleapi.sip.MessageVerdict;
import teleapi.sip.SipUri;

/**
 * Decides about a MESSAGE at the door: whose it is, and where it goes, or why it may not come in.
 *
 * <pre>
 * Thread  a SIP worker's; answers from memory
 * Source  ADR-0024; reference/reliability.md S3: without credentials only numbers that an account has
 * </pre>
 */
final class MessageReception {
    private static final MessageVerdict NOT_FOUND = new MessageVerdict.Answer(404, "");
    private static final MessageVerdict FORBIDDEN = new MessageVerdict.Answer(403, "");

    private final Directory directory;
    private final Routes routes;
    private final Messages messages;

    MessageReception(Directory directory, Routes routes, Messages messages) {
        this.directory = directory;
        this.routes = routes;
        this.messages = messages;
    }

    MessageVerdict answer(IncomingMessage message) {
        String user = message.request().uri().flatMap(SipUri::user).orElse("");
        if (user.isEmpty()) {
            return NOT_FOUND;
        }
        if (message.client().isPresent()) {
            return directory
                    .client(message.client().get())
                    .map(client -> fromClient(message, client, user))
                    .orElse(FORBIDDEN);
        }
        Optional<PhoneNumber> number = number(user);
        if (routes.claimsToBeClient(message.request())
                || (number.isEmpty() && directory.client(user).isPresent())) {
            return new MessageVerdict.Challenge();
        }
        return number.map(found -> toNumber(message, found, Routes.shownSender(message.request()), user))
                .orElse(NOT_FOUND);
    }

    private MessageVerdict fromClient(IncomingMessage message, Client client, String user) {
        if (directory.client(client.accountSid(), user).isPresent()) {
            return relay(message, client, Routes.clientAddress(user));
        }
        Optional<PhoneNumber> number = number(user);
        if (number.isPresent()) {
            return toNumber(message, number.get(), from(client), user);
        }
        if (directory.number(user).isPresent()) {
            return NOT_FOUND;
        }
        if (client.voice().handledByApplication()) {
            return FORBIDDEN;
        }
        return Routes.number(user).map(digits -> relay(message, client, digits)).orElse(NOT_FOUND);
    }

    /** The one with this number, or the one for all others, if a document answers there. */
    private Optional<PhoneNumber> number(String user) {
        return directory
                .number(user)
                .or(() -> directory.number(Reception.ANY))
                .filter(number -> number.sms().document(directory).isPresent());
    }

    private MessageVerdict toNumber(IncomingMessage message, PhoneNumber number, String from, String dialled) {
        String to = number.phoneNumber().equals(Reception.ANY) ? dialled : number.phoneNumber();
        return directory
                .activeAccount(number.accountSid())
                .map(account -> taken(messages.received(account, number, from, to, message.text())))
                .orElse(FORBIDDEN);
    }

    /** From a client, to an address that no number of ours has. */
    private MessageVerdict relay(IncomingMessage message, Client client, String to) {
        return directory
                .activeAccount(client.accountSid())
                .map(account -> taken(messages.relay(account, from(client), to, message.text())))
                .orElse(FORBIDDEN);
    }

    private static MessageVerdict taken(boolean yes) {
        return new MessageVerdict.Answer(yes ? 202 : 503, "");
    }

    private static String from(Client client) {
        return Routes.clientAddress(client.login());
    }
}
