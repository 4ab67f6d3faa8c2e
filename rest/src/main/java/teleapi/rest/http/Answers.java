package teleapi.rest.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import teleapi.call.records.KeptAnswer;
import teleapi.runtime.World;

/**
 * Writes answers, and those of Jetty itself: what it cannot read (bad syntax, header fields or URI too long) it answers through here, too.
 *
 * <pre>
 * Thread  the request's
 * </pre>
 */
public final class Answers implements Request.Handler {
    /** Of a file at once. */
    private static final int PIECE = 64 * 1024;

    private final World world;

    public Answers(World world) {
        this.world = world;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
        Code code = Code.of(status instanceof Integer number ? number : response.getStatus());
        String path = Optional.ofNullable(request.getHttpURI())
                .map(uri -> uri.getPath())
                .orElse("");
        Optional<Router.Place> place = Router.place(path == null ? "" : path);
        boolean json = place.isEmpty() || place.get().json() || asksForJson(request);
        Dialect dialect = place.map(Router.Place::dialect).orElse(Dialect.NATIVE);
        send(Refused.with(code).reply(), dialect, json ? Format.JSON : Format.XML, request, response, callback);
        return true;
    }

    void send(Reply reply, Dialect dialect, Format format, Request request, Response response, Callback callback) {
        Reply spoken = spoken(reply, dialect);
        ByteBuffer content = Front.rendered(spoken, dialect, format);
        response.setStatus(spoken.status());
        HttpFields.Mutable headers = response.getHeaders();
        spoken.headers().forEach(headers::put);
        if (spoken.status() == 401) {
            headers.put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"teleapi\", charset=\"UTF-8\"");
        }
        boolean streamed = spoken.body() instanceof Reply.Body.Streamed;
        if (!(spoken.body() instanceof Reply.Body.Empty)) {
            headers.put(HttpHeader.CONTENT_TYPE, contentType(spoken.body(), format));
        }
        if (!(spoken.body() instanceof Reply.Body.Empty) && !streamed) {
            headers.put(
                    HttpHeader.CONTENT_LENGTH,
                    spoken.body() instanceof Reply.Body.Part part ? part.length() : content.remaining());
        }
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (spoken.body() instanceof Reply.Body.Streamed stream && !HttpMethod.HEAD.is(request.getMethod())) {
            Streaming.run(world, stream, request, response, callback);
            return;
        }
        if (spoken.body() instanceof Reply.Body.Part part && !HttpMethod.HEAD.is(request.getMethod())) {
            var pool = new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, PIECE);
            Content.copy(Content.Source.from(pool, part.file(), part.from(), part.length()), response, callback);
            return;
        }
        response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? ByteBuffer.allocate(0) : content, callback);
    }

    /** As it is sent, to be sent again. */
    static KeptAnswer kept(Reply reply, Dialect dialect, Format format) {
        Reply spoken = spoken(reply, dialect);
        String body = StandardCharsets.UTF_8
                .decode(Front.rendered(spoken, dialect, format))
                .toString();
        return new KeptAnswer(spoken.status(), spoken.headers(), contentType(spoken.body(), format), body);
    }

    private static Reply spoken(Reply reply, Dialect dialect) {
        return dialect == Dialect.SDK && reply.status() == Code.CALL_ENDED.status() ? asSdksKnowIt() : reply;
    }

    private static String contentType(Reply.Body body, Format format) {
        return switch (body) {
            case Reply.Body.Plain(String type, String text) -> type;
            case Reply.Body.Streamed streamed -> streamed.contentType();
            case Reply.Body.Part part -> part.contentType();
            case Reply.Body.Json json -> Format.JSON.contentType();
            case Reply.Body.Empty empty -> format.contentType();
            case Reply.Body.Described described -> format.contentType();
            case Reply.Body.Listed listed -> format.contentType();
        };
    }

    /** CONTRACT section 2: 410 is 400 for SDKs, which look at the code 21220. */
    private static Reply asSdksKnowIt() {
        return Reply.error(400, Code.CALL_ENDED.number(), Code.CALL_ENDED.title());
    }

    private static boolean asksForJson(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT))
                .map(accept -> accept.toLowerCase(Locale.ROOT).contains("json"))
                .orElse(false);
    }
}
