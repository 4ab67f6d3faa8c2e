package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import teleapi.call.CallStatus;

/** What nobody should send. Byte for byte over a socket, since an HTTP client would not. */
final class HostileTest {
    private static final House HOUSE = new House();
    private static final String CALL =
            HOUSE.memory.call(House.PARENT, CallStatus.IN_PROGRESS).sid().text();
    private static final String BASE = House.nativeBase(House.PARENT);
    private static final String AUTHORIZATION =
            "Authorization: " + House.basic(House.PARENT.text(), House.token(House.PARENT)) + "\r\n";

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    /** Values that have broken someone somewhere. */
    private static final List<String> VALUES = List.of(
            "%",
            "%4",
            "%zz",
            "%00",
            "a%00b",
            "%ff%fe",
            "%c0%af",
            "%ed%a0%80",
            "%f4%90%80%80",
            "%e2%80%a8",
            "%0d%0aX-Injected:%201",
            "%1b[31m",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "';DROP%20TABLE%20calls;--",
            "'%20OR%20'1'='1",
            "1)%20UNION%20SELECT%20*",
            "../../../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "file:///etc/passwd",
            "jar:http://a!/b",
            "http://",
            "http://a:99999999/",
            "http://[::1",
            "http://a%20b/",
            "//a/b",
            "javascript:alert(1)",
            "<script>alert(1)</script>",
            "%3C!DOCTYPE%20x[]%3E",
            "null",
            "undefined",
            "NaN",
            "-1",
            "0",
            "99999999999999999999",
            "1e309",
            "0x10",
            "%F0%9F%92%A9",
            "a".repeat(5000),
            "+".repeat(300),
            "true%00",
            "TRUE%20",
            "%E2%80%AEevil",
            "&",
            "=",
            "==",
            "a=b=c",
            "%25%34%31");

    private static final List<String> POSTED = List.of(
            "Url",
            "Rcml",
            "Status",
            "Mute",
            "Method",
            "FallbackUrl",
            "StatusCallback",
            "MoveConnectedCallLeg",
            "To",
            "From",
            "SendDigits",
            "Timeout",
            "StatusCallbackEvent",
            "PhoneNumber",
            "Login",
            "FriendlyName",
            "VoiceApplicationSid");

    private static final List<String> FILTERS = List.of(
            "Page",
            "PageSize",
            "SortBy",
            "Status",
            "To",
            "StartTime",
            "StartTime%3E",
            "ParentCallSid",
            "FriendlyName",
            "%");

    private static final List<String> PATHS = List.of(
            "/..",
            "/../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/Calls/..%2f..%2f",
            "/Calls/%00",
            "/Calls/CA",
            "/Calls/" + "a".repeat(3000),
            "/Calls/CA00000000000000000000000000000000'--",
            "/Calls/CA%E2%80%A8",
            "/Calls//",
            "//Calls",
            "/Calls;jsessionid=1",
            "/Calls/;x=y",
            "/Calls.json.json",
            "/Calls/.json",
            "/.json",
            "/.git/config",
            "/Calls%2F" + CALL,
            "/Calls/" + CALL.toUpperCase(Locale.ROOT),
            "/calls",
            "/Calls?%",
            "/Calls?=",
            "/Calls?&&&",
            "/Calls?Page",
            "/Recordings/../Calls",
            "/Calls/" + CALL + "/Modifications/MO");

    static Stream<String> requests() {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            String value = VALUES.get(i);
            // Each value in some parameters, and each parameter with some values: all pairs would be a thousand.
            for (int j = i % 3; j < POSTED.size(); j += 3) {
                String form = POSTED.get(j) + "=" + value;
                String target = j < 8
                        ? "/Calls/" + CALL
                        : j < 13 ? "/Calls" : j < 14 ? "/IncomingPhoneNumbers" : j < 15 ? "/Clients" : "/Applications";
                requests.add(post(BASE + target + (i % 2 == 0 ? ".json" : ""), form));
            }
            String filter = FILTERS.get(i % FILTERS.size());
            requests.add(get(BASE + "/Calls?" + filter + "=" + value));
        }
        PATHS.forEach(path -> requests.add(get(BASE + path)));
        return Stream.concat(requests.stream(), broken());
    }

    private static Stream<String> broken() {
        String target = BASE + "/Calls";
        return Stream.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nBad Header: 1\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\na=b",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\na=b",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + AUTHORIZATION
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + AUTHORIZATION + "Content-Length: 99999999999\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ####\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Basic\r\n\r\n",
                "GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n\r\n",
                "GET " + target + "\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PATCH " + target + " HTTP/1.1\r\nHost: a\r\n" + AUTHORIZATION + "Connection: close\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + AUTHORIZATION + "Connection: close\r\n\r\n";
    }

    private static String post(String target, String form) {
        return "POST " + target + " HTTP/1.1\r\nHost: a\r\n" + AUTHORIZATION
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + "Connection: close\r\n"
                + "Prefer: wait=0\r\n"
                + "Content-Length: "
                + form.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + form;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredInTheApisOwnWords(String request) throws IOException {
        // CONTRACT 2: errors are always JSON or XML, never HTML or a stack trace; hostile input is the client's fault,
        // never 5xx
        String answer = exchange(request);
        if (answer.isEmpty() && request.isBlank()) {
            return;
        }
        assertTrue(answer.startsWith("HTTP/1."), () -> "no answer: " + answer);
        int status = Integer.parseInt(answer.substring(9, 12));
        assertTrue(status < 500 || status == 501 || status == 505, answer);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        String lower = body.toLowerCase(Locale.ROOT);
        assertFalse(
                lower.contains("<html")
                        || lower.contains("exception:")
                        || lower.contains("\tat ")
                        || lower.contains("jetty"),
                answer);
        if (status >= 400) {
            assertTrue(body.startsWith("{\"code\":") || body.startsWith("<?xml"), answer);
        }
        assertFalse(answer.contains("\r\nX-Injected"), answer);
    }

    @Test
    void thereAreEnoughOfThem() {
        // The table is worth something only while it is long
        assertTrue(requests().count() >= 160, () -> "only " + requests().count());
        assertEquals(requests().count(), requests().distinct().count());
    }

    @Test
    void whoIsRefusedBeforeItsBodyIsReadMayGoOn() throws IOException {
        // RFC 9112 §9.3: a connection that persists takes the next request, also when the body came after the refusal
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), HOUSE.api.address().getPort())) {
            socket.setSoTimeout(20_000);
            send(
                    socket,
                    "POST " + House.nativeBase(House.PARENT)
                            + "/Calls.json HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
            send(socket, "From=x");
            send(socket, "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answers.startsWith("HTTP/1.1 401"), answers);
            assertTrue(answers.contains("HTTP/1.1 200"), answers);
        }
    }

    @Test
    void whoseBodyIsNotReadIsToldThatTheConnectionEnds() throws IOException {
        // RFC 9112 §9.6
        String answer = exchange("POST " + House.nativeBase(House.PARENT)
                + "/Calls.json HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\nFrom=x");
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n"), answer);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), HOUSE.api.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
