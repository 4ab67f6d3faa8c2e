package teleapi.call.webhook;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a server could not be had, in words: the names of the JDK's classes say nothing to who wrote the application. Thread: any. */
public final class Unreached {
    private Unreached() {}

    /** What the JDK's client failed with, as the end of a sentence. */
    public static String why(Throwable cause) {
        return switch (cause) {
            case ConnectException host when unnamed(host) -> "its host is not known";
            case ConnectException refused when refused.getMessage() == null -> "the connection was refused";
            case ConnectException unconnected -> "no connection" + said(unconnected);
            case HttpTimeoutException slow -> "it is too slow" + said(slow);
            case SSLException refused -> "no TLS connection" + said(refused);
            case ProtocolException wrong -> "it does not answer with HTTP" + said(wrong);
            case InterruptedException stopped -> "the server is being stopped";
            case IOException broken
            when broken.getCause() instanceof EOFException -> "the connection was closed before an answer";
            default -> "the connection broke" + said(cause);
        };
    }

    /** Whether its name has no address. */
    static boolean unnamed(Throwable cause) {
        return cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException;
    }

    private static String said(Throwable cause) {
        return Optional.ofNullable(cause.getMessage())
                .map(message -> ": " + message)
                .orElse("");
    }
}
