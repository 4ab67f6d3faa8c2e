package teleapi.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntConsumer;
import teleapi.sip.dialog.CallerDialog;
import teleapi.sip.dialog.DialogCommand;
import teleapi.sip.dialog.InviteDialog;
import teleapi.sip.message.SipMessage;
import teleapi.sip.transport.Path;

/** What a SIP worker is told. */
sealed interface WorkerMessage {
    /** A message of one of its Call-IDs. */
    record Arrived(SipMessage message, Path path) implements WorkerMessage {}

    record Invite(CallerDialog dialog) implements WorkerMessage {}

    record Send(MessageSending sending) implements WorkerMessage {}

    record Command(InviteDialog dialog, DialogCommand command) implements WorkerMessage {}

    /** A name has been looked up; no addresses: it has none. */
    record Resolved(String host, List<InetAddress> addresses) implements WorkerMessage {}

    /** For the worker that owns the connections: send this over the one to {@code remote}. */
    record SendOverStream(InetSocketAddress remote, byte[] bytes, int worker, String token) implements WorkerMessage {}

    /** What was sent with this token did not arrive. */
    record Unreachable(String token) implements WorkerMessage {}

    record Register(SipUri registrar, SipUri addressOfRecord, Credentials credentials, IntConsumer told)
            implements WorkerMessage {}

    /** For the worker that owns the sockets: say good-bye to registrars, then end all workers. */
    record Close() implements WorkerMessage {}
}
