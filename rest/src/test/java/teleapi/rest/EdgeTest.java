package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.rest.http.Code;

/** Who may ask, and how errors look, on every path. */
final class EdgeTest {
    private final House house = new House();
    private final String calls = House.nativeBase(House.PARENT) + "/Calls";

    @AfterEach
    void close() {
        house.close();
    }

    private int statusAs(String user, String password, String path) {
        return house.sendAs(Optional.of(House.basic(user, password)), "GET", path, "")
                .statusCode();
    }

    @Test
    void withoutCredentialsNothingIsTold() {
        // CONTRACT 2: 401; RFC 7617: WWW-Authenticate; unknown paths below the base are no different
        for (String path : List.of(
                calls,
                calls + ".json",
                House.sdkBase(House.PARENT) + ".json",
                House.nativeBase(House.PARENT) + "/Nowhere")) {
            HttpResponse<String> answer = house.sendAs(Optional.empty(), "GET", path, "");
            assertEquals(401, answer.statusCode());
            assertTrue(
                    answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic "));
        }
    }

    @Test
    void anAccountOpensItselfAndItsSubAccountsOnly() {
        // reliability.md A8; the same 404 for another account and for one that does not exist
        String parent = House.PARENT.text();
        String child = House.CHILD.text();
        assertEquals(200, statusAs(parent, House.token(House.PARENT), House.nativeBase(House.CHILD) + "/Calls"));
        assertEquals(200, statusAs(child, House.token(House.CHILD), House.nativeBase(House.CHILD) + "/Calls"));
        assertEquals(404, statusAs(child, House.token(House.CHILD), House.nativeBase(House.PARENT) + "/Calls"));
        assertEquals(404, statusAs(parent, House.token(House.PARENT), House.nativeBase(House.STRANGER) + "/Calls"));
        assertEquals(
                house.get(House.nativeBase(new Sid("AC" + "f".repeat(32))) + "/Calls")
                        .body(),
                house.get(House.nativeBase(House.STRANGER) + "/Calls").body());
        assertEquals(401, statusAs(parent, House.token(House.CHILD), calls));
        assertEquals(401, statusAs(parent, "", calls));
        assertEquals(401, statusAs("AC" + "f".repeat(32), "", calls));
    }

    @Test
    void aClosedAccountIs403() {
        // restcomm.md 4.1: non-active account 403
        Sid closed = new Sid("AC" + "0".repeat(31) + "9");
        house.add(closed, Optional.empty(), false);
        assertEquals(403, statusAs(closed.text(), House.token(closed), House.nativeBase(closed) + "/Calls"));
    }

    @Test
    void oneWhoGuessesIsStoppedAndOthersBehindTheSameAddressAreNot() {
        // reliability.md A7: lock-out by source, never by account alone
        assertEquals(200, house.get(calls).statusCode());
        for (int i = 0; i < 50; i++) {
            assertEquals(401, statusAs(House.PARENT.text(), "guess " + i, calls));
        }
        HttpResponse<String> stopped =
                house.sendAs(Optional.of(House.basic(House.PARENT.text(), "guess")), "GET", calls, "");
        assertEquals(429, stopped.statusCode());
        assertTrue(Integer.parseInt(stopped.headers().firstValue("Retry-After").orElse("0")) > 0);
        assertEquals(
                429, statusAs(House.CHILD.text(), House.token(House.CHILD), House.nativeBase(House.CHILD) + "/Calls"));
        assertEquals(200, house.get(calls).statusCode());
    }

    @Test
    void aMethodThatAResourceDoesNotKnowIs405WithAllow() {
        // RFC 9110 15.5.6
        HttpResponse<String> answer = house.send("DELETE", calls + ".json", "");
        assertEquals(405, answer.statusCode());
        assertEquals("GET, POST", answer.headers().firstValue("Allow").orElse(""));
        assertEquals(20004, House.json(answer).get("code").asInt());
        assertEquals(405, house.send("POST", "/health", "a=b").statusCode());
    }

    @Test
    void unknownPathsAreErrorsLikeAnyOther() {
        // CONTRACT 2: never HTML
        for (String path : List.of(
                "/",
                "/index.html",
                "/teleapi",
                "/teleapi/2012-04-24/Nothing.json",
                calls + ".json/x/y/z/1/2/3/4/5/6/7/8")) {
            HttpResponse<String> answer = house.get(path);
            assertEquals(404, answer.statusCode(), path);
            assertEquals(20404, House.json(answer).get("code").asInt(), path);
        }
        assertTrue(house.get("/teleapi/2012-04-24/Nothing").body().contains("<RestException><Code>20404</Code>"));
    }

    @Test
    void headIsGetWithoutTheContent() {
        // RFC 9110 9.3.2
        HttpResponse<String> answer = house.send("HEAD", calls, "");
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
    }

    @Test
    void bodiesAreBoundedAndOfOneKind() {
        // CONTRACT 2: 413; only urlencoded
        assertEquals(413, house.post(calls, "A=" + "x".repeat(70_000)).statusCode());
        assertEquals(
                415, house.post(calls, "{}", "Content-Type", "application/json").statusCode());
        assertEquals(400, house.post(calls, "a=1&".repeat(201)).statusCode());
    }

    @Test
    void healthAndMetricsAreOpenAndPlain() {
        // CONTRACT 1: GET /health, GET /metrics
        HttpResponse<String> health = house.sendAs(Optional.empty(), "GET", "/health", "");
        assertEquals(200, health.statusCode());
        assertEquals("up", House.json(health).get("status").asText());
        HttpResponse<String> metrics = house.sendAs(Optional.empty(), "GET", "/metrics", "");
        assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
        assertEquals("teleapi_calls_live 0\n", metrics.body());
    }

    @Test
    void everyCodeIsExplainedWhereMoreInfoPoints() {
        // CONTRACT 2: every code has a page under docs
        JsonNode error = House.json(house.get(calls + ".json?Page=x"));
        String page = error.get("more_info").asText();
        assertEquals("/docs/errors.md#20001", page);
        String text = house.get(page.substring(0, page.indexOf('#'))).body();
        for (Code code : Code.values()) {
            assertTrue(text.contains("<a id=\"" + code.number() + "\"></a>"), code.name());
        }
        for (teleapi.rcml.RcmlCode code : teleapi.rcml.RcmlCode.values()) {
            assertTrue(text.contains("<a id=\"" + code.number() + "\"></a>"), code.name());
        }
    }

    @Test
    void noAnswerSaysWhatServesIt() {
        // reliability.md A18: errors without stack traces, no version of what is below
        HttpResponse<String> answer = house.get("/");
        assertFalse(answer.headers().firstValue("Server").isPresent());
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
    }
}
