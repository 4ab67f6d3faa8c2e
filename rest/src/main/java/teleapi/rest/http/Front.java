package teleapi.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.directory.Account;
import teleapi.call.directory.Directory;
import teleapi.call.records.RecordsUnavailable;
import teleapi.call.records.RequestKeys;
import teleapi.runtime.World;

/**
 * The walk of every request: path, credentials, body, resource, answer. Nothing that goes wrong on it leaves as HTML or a stack trace.
 *
 * <pre>
 * Thread  one virtual thread per request
 * Source  CONTRACT section 2
 * </pre>
 */
public final class Front extends Handler.Abstract {
    /** A Dial for ten with all its attributes is 4 KiB; a document of the largest size allowed fits once encoded. */
    static final int LARGEST_BODY = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Answers answers;
    private final Credentials credentials;
    private final Router router;
    private final Once once;
    private final Repeats repeats;
    private final Map<String, Supplier<Reply>> open;

    /**
     * @param open what everyone may read, by path: /health, /metrics, /docs/errors.md
     */
    public Front(
            World world, Directory directory, RequestKeys keys, List<Route> routes, Map<String, Supplier<Reply>> open) {
        this.answers = new Answers(world);
        this.credentials = new Credentials(directory, world.time());
        this.router = new Router(routes, directory);
        this.once = new Once(keys);
        this.repeats = new Repeats(world);
        this.open = Map.copyOf(open);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        Optional<Router.Place> place = path == null ? Optional.empty() : Router.place(path);
        Format format = place.map(found -> format(request, found)).orElse(Format.JSON);
        Dialect dialect = place.map(Router.Place::dialect).orElse(Dialect.NATIVE);
        Exchange exchange;
        try {
            exchange = place.isPresent()
                    ? answer(request, place.get(), format)
                    : Exchange.of(open(request, path == null ? "" : path));
        } catch (IOException gone) {
            // The client went away or was too slow; there may be nobody left to hear it.
            exchange = Exchange.of(Refused.with(Code.TIMED_OUT).reply());
        } catch (RuntimeException failed) {
            exchange = Exchange.of(reply(request, failed));
        }
        Exchange last = exchange;
        Reply reply = unread(request) ? last.reply().header("Connection", "close") : last.reply();
        last.leaving().accept(!last.watched() || !Presence.gone(request));
        Callback written = Callback.from(
                () -> {
                    last.written().accept(true);
                    callback.succeeded();
                },
                failure -> {
                    last.written().accept(false);
                    callback.failed(failure);
                });
        answers.send(reply, dialect, format, request, response, written);
        return true;
    }

    /**
     * Reads what a refusal has left of the body. What cannot be read is the end of the connection, and the client is told so: another request would
     * run into it (RFC 9112 §9.3).
     */
    private static boolean unread(Request request) {
        if (request.getLength() > LARGEST_BODY) {
            return true;
        }
        try {
            InputStream in = Content.Source.asInputStream(request);
            // Usually there is nothing: what reads many takes 16 KiB to find that out.
            return in.read() >= 0 && in.readNBytes(LARGEST_BODY).length == LARGEST_BODY;
        } catch (IOException gone) {
            return true;
        }
    }

    /** What is answered when something was thrown. */
    private static Reply reply(Request request, RuntimeException failed) {
        return switch (failed) {
            case Refused refused -> refused.reply();
            case Router.MethodNotAllowed refused -> refused.reply();
            case RecordsUnavailable away -> {
                LOG.warn("{} {}: {}", request.getMethod(), request.getId(), away.getMessage());
                yield Refused.with(Code.UNAVAILABLE, "the database does not answer")
                        .retryAfter(5)
                        .reply();
            }
            default -> {
                LOG.error("request {} failed", request.getId(), failed);
                yield Refused.with(Code.INTERNAL).reply();
            }
        };
    }

    private Reply open(Request request, String path) {
        Supplier<Reply> page = open.get(path);
        if (page == null) {
            throw Refused.with(Code.NOT_FOUND);
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw new Router.MethodNotAllowed("GET");
        }
        return page.get();
    }

    private Exchange answer(Request request, Router.Place place, Format format) throws IOException {
        Account sender =
                credentials.check(header(request, HttpHeader.AUTHORIZATION.asString()), Request.getRemoteAddr(request));
        Router.Found found = router.find(place, request.getMethod(), sender);
        byte[] bytes = body(request);
        String query = request.getHttpURI().getQuery();
        Ask ask = new Ask(
                request.getMethod(),
                place.dialect(),
                format,
                sender,
                found.account(),
                found.path(),
                query == null ? Form.EMPTY : Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)),
                Form.parse(bytes),
                headers(request),
                request.getHttpURI().getPathQuery(),
                bytes);
        return ask.method().equals("POST")
                ? post(request, ask, found)
                : Exchange.of(found.action().apply(ask));
    }

    private Exchange post(Request request, Ask ask, Router.Found found) {
        Supplier<Reply> action = () -> attempt(request, () -> found.action().apply(ask));
        List<String> key = ask.header("idempotency-key");
        Supplier<Reply> work =
                key.isEmpty() ? action : () -> attempt(request, () -> once.once(ask, key.getFirst(), action));
        Optional<Folding> folding = found.folding().apply(ask);
        if (folding.isEmpty()) {
            return Exchange.of(work.get());
        }
        Optional<String> fingerprint = key.isEmpty() ? Optional.of(fingerprint(request, ask)) : Optional.empty();
        return repeats.answer(folding.get(), fingerprint, work);
    }

    private static Reply attempt(Request request, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            return reply(request, failed);
        }
    }

    /** All that two sendings of one request have in common: who, from where, with what, to what. */
    private static String fingerprint(Request request, Ask ask) {
        StringBuilder whole = new StringBuilder(256 + ask.bytes().length);
        whole.append(Request.getRemoteAddr(request)).append('\n').append(ask.target());
        for (String name : List.of("Authorization", "User-Agent", "Accept", "Prefer", "If-Match")) {
            whole.append('\n').append(header(request, name).orElse(""));
        }
        whole.append('\n').append(new String(ask.bytes(), StandardCharsets.ISO_8859_1));
        return HexFormat.of().formatHex(sha256(whole.toString()));
    }

    /** For what must not be kept as it is. */
    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has it (MessageDigest's own documentation).
            throw new IllegalStateException(e);
        }
    }

    private static byte[] body(Request request) throws IOException {
        if (request.getLength() > LARGEST_BODY) {
            throw Refused.with(Code.TOO_LARGE, "the body is larger than " + LARGEST_BODY + " bytes");
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            // Asked for more than there is, it takes 16 KiB for a form of 16 octets.
            byte[] bytes = in.readNBytes(request.getLength() < 0 ? LARGEST_BODY + 1 : (int) request.getLength());
            if (bytes.length > LARGEST_BODY) {
                throw Refused.with(Code.TOO_LARGE, "the body is larger than " + LARGEST_BODY + " bytes");
            }
            if (bytes.length > 0 && !urlencoded(header(request, HttpHeader.CONTENT_TYPE.asString()))) {
                throw Refused.with(Code.UNSUPPORTED_MEDIA_TYPE);
            }
            return bytes;
        }
    }

    private static boolean urlencoded(Optional<String> contentType) {
        String type = contentType.orElse("").toLowerCase(Locale.ROOT);
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon))
                .strip()
                .equals("application/x-www-form-urlencoded");
    }

    private static Format format(Request request, Router.Place place) {
        boolean asked = header(request, HttpHeader.ACCEPT.asString())
                .map(accept -> accept.toLowerCase(Locale.ROOT).contains("json"))
                .orElse(false);
        return place.json() || asked ? Format.JSON : Format.XML;
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Prefer", "Idempotency-Key", "Accept", "Last-Event-ID", "Range")) {
            header(request, name).ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), value));
        }
        // RFC 9110 §5.3: several fields of one name are one list.
        List<String> tags = request.getHeaders().getValuesList("If-Match");
        if (!tags.isEmpty()) {
            headers.put("if-match", String.join(", ", tags));
        }
        return headers;
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    static ByteBuffer rendered(Reply reply, Dialect dialect, Format format) {
        return ByteBuffer.wrap(
                switch (reply.body()) {
                    case Reply.Body.Empty() -> new byte[0];
                    case Reply.Body.Streamed streamed -> new byte[0];
                    case Reply.Body.Part part -> new byte[0];
                    case Reply.Body.Plain(String type, String text) -> text.getBytes(StandardCharsets.UTF_8);
                    case Reply.Body.Json(Fields fields) -> Json.write(fields, dialect);
                    case Reply.Body.Described(String element, Fields fields) ->
                        format == Format.JSON ? Json.write(fields, dialect) : Xml.write(element, fields);
                    case Reply.Body.Listed(String element, Listing listing) ->
                        format == Format.JSON ? Json.write(listing, dialect) : Xml.write(element, listing);
                });
    }
}
