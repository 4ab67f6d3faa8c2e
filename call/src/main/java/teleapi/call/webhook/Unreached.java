package teleapi.call.webhook;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Why a server could not be had, in words: the names of the JDK's classes say nothing to who wrote the application. Thread: any. */
public final class Unreached {
    private Unreached() {}

    /** What a client failed with, the one for HTTP or the JDK's for WebSockets, as the end of a sentence. */
    public static String why(Throwable cause) {
        return switch (cause) {
            case IOException host when unnamed(host) -> "its host is not known";
            case ConnectException refused when refused(refused) -> "the connection was refused";
            case ConnectException unconnected -> "no connection" + said(unconnected);
            case ConnectTimeoutException slow -> "no connection: it does not take one";
            case HttpTimeoutException slow -> "it is too slow" + said(slow);
            case SSLException refused -> "no TLS connection" + said(refused);
            case ProtocolException wrong -> "it does not answer with HTTP" + said(wrong);
            case ClientProtocolException wrong -> "it does not answer with HTTP";
            case NoHttpResponseException nothing -> "the connection was closed before an answer";
            case InterruptedException stopped -> "the server is being stopped";
            case IOException broken
            when broken.getCause() instanceof EOFException -> "the connection was closed before an answer";
            default -> "the connection broke" + said(cause);
        };
    }

    /** Whether its name has no address. */
    static boolean unnamed(Throwable cause) {
        return cause instanceof UnknownHostException
                || (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException);
    }

    private static boolean refused(ConnectException cause) {
        return Optional.ofNullable(cause.getMessage()).orElse("refused").endsWith("refused");
    }

    private static String said(Throwable cause) {
        return Optional.ofNullable(cause.getMessage())
                .map(message -> ": " + message)
                .orElse("");
    }
}
