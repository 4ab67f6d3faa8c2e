package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.NewCall;
import teleapi.call.StatusCallback;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallRecord;

/** Calls as they are made, shown and listed, in both dialects. */
final class CallsTest {
    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCallIsCreatedWithWhatWasAskedFor() {
        // CONTRACT 2: POST Calls; events repeated or separated by spaces
        HttpResponse<String> answer = house.post(
                House.nativeBase(House.PARENT) + "/Calls.json",
                House.form(
                        "From", "+15550001",
                        "To", "client:bob?X-Key=1",
                        "Twiml", "<Response><Hangup/></Response>",
                        "StatusCallback", "http://a.example/status",
                        "StatusCallbackEvent", "initiated ringing",
                        "StatusCallbackEvent", "answered",
                        "Timeout", "20",
                        "SendDigits", "w12#"));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals("queued", House.json(answer).get("status").asText());
        NewCall made = house.memory.created.element();
        assertEquals("client:bob?X-Key=1", made.to());
        assertEquals(Duration.ofSeconds(20), made.timeout());
        assertEquals("w12#", made.sendDigits());
        assertEquals(
                Set.of(StatusCallback.Event.INITIATED, StatusCallback.Event.RINGING, StatusCallback.Event.ANSWERED),
                made.statusCallback().orElseThrow().events());
    }

    @Test
    void aPlusThatWasNotEncodedIsUnderstood() {
        // curl -d From=+15550001 sends a bare +, which is a space in a form; a number cannot begin with one
        HttpResponse<String> answer = house.post(
                House.sdkBase(House.PARENT) + "/Calls.json", "From=+15550001&To=+15550002&Url=http://a.example/");
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals("+15550001", house.memory.created.element().from());
        assertEquals("+15550002", house.memory.created.element().to());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "To=+1&Url=http://a.example/ | 21213",
                "From=+1&Url=http://a.example/ | 21201",
                "From=+1&To=+2 | 21205",
                "From=+1&To=+2&Url=nowhere | 21205",
                "From=+1&To=a%20b&Url=http://a.example/ | 21211",
                "From=%3Csip:x%3E&To=+2&Url=http://a.example/ | 21212",
                "From=+1&To=+2&Url=http://a.example/&StatusCallbackEvent=answerd | 21626",
                "From=+1&To=+2&Url=http://a.example/&SendDigits=12x | 21206",
                "From=+1&To=+2&Url=http://a.example/&Timeout=0 | 20001",
                "From=+1&To=+2&Url=http://a.example/&Timeout=601 | 20001",
                "From=+1&To=+2&Url=http://a.example/&Timeout=ten | 20001"
            })
    void aWrongRequestStartsNothing(String form, int code) {
        // CONTRACT 2: 400 bad value, says which parameter; peers.md part 4 row 13: an unknown event, 201 and silence
        HttpResponse<String> answer = house.post(House.sdkBase(House.PARENT) + "/Calls.json", form.replace("+", "%2B"));
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(code, House.json(answer).get("code").asInt(), answer.body());
        assertTrue(house.memory.created.isEmpty());
    }

    @Test
    void sdksSeeTheirKeysAndNoOthers() {
        // peers.md 2.3: the 26 keys; duration as text, dates as RFC 2822
        CallRecord call = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        JsonNode body = House.json(house.get(House.sdkBase(House.PARENT) + "/Calls/" + call.sid() + ".json"));
        List<String> keys = new ArrayList<>();
        body.fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of(("sid date_created date_updated parent_call_sid account_sid to to_formatted from"
                    + " from_formatted phone_number_sid status start_time end_time duration price price_unit direction"
                    + " answered_by api_version forwarded_from group_sid caller_name queue_time trunk_sid uri"
                    + " subresource_uris")
                        .split(" ", -1)),
                keys);
        assertEquals("15", body.get("duration").textValue());
        assertTrue(body.get("start_time").asText().endsWith(" +0000"), body.toString());
        assertTrue(body.get("price").isNull());
        assertEquals("2010-04-01", body.get("api_version").asText());
    }

    @Test
    void ourOwnDialectIsXmlUnlessJsonIsAskedFor() {
        // CONTRACT 2: root TeleapiResponse, CamelCase; JSON by .json on any segment or by Accept
        CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        String base = House.nativeBase(House.PARENT);
        HttpResponse<String> xml = house.get(base + "/Calls/" + call.sid());
        assertTrue(xml.headers().firstValue("Content-Type").orElse("").startsWith("application/xml"));
        assertTrue(xml.body().contains("<TeleapiResponse><Call><Sid>" + call.sid() + "</Sid>"), xml.body());
        assertTrue(
                xml.body().contains("<CallerName>A &lt;caller&gt; &amp; &quot;co&quot;\uFFFD</CallerName>"),
                xml.body());
        assertTrue(xml.body().contains("<Muted>false</Muted>"));
        for (String path : List.of("/Calls.json/" + call.sid(), "/Calls/" + call.sid() + ".json")) {
            assertEquals(
                    call.sid().text(),
                    House.json(house.get(base + path)).get("sid").asText());
        }
        assertEquals(
                call.sid().text(),
                House.json(house.get(base + "/Calls/" + call.sid(), "Accept", "application/json"))
                        .get("sid")
                        .asText());
    }

    @Test
    void aListSaysWhereTheOtherPagesAre() {
        // restcomm.md 4.1 and peers.md 2.3: the keys of a page; filters stay in the URIs
        for (int i = 0; i < 5; i++) {
            house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        }
        JsonNode page =
                House.json(house.get(House.nativeBase(House.PARENT) + "/Calls.json?Page=1&PageSize=2&To=a%26b"));
        assertEquals(2, page.get("calls").size());
        assertEquals(5, page.get("total").asInt());
        assertEquals(3, page.get("num_pages").asInt());
        assertEquals(2, page.get("start").asInt());
        assertEquals(3, page.get("end").asInt());
        assertTrue(
                page.get("next_page_uri").asText().endsWith("/Calls.json?To=a%26b&Page=2&PageSize=2"), page.toString());
        JsonNode sdk = House.json(house.get(House.sdkBase(House.PARENT) + "/Calls.json?Page=2&PageSize=2"));
        assertEquals(1, sdk.get("calls").size());
        assertTrue(sdk.get("next_page_uri").isNull());
        assertFalse(sdk.has("total"));
        HttpResponse<String> xml = house.get(House.nativeBase(House.PARENT) + "/Calls?PageSize=2");
        assertTrue(
                xml.body()
                        .contains("<Calls page=\"0\" numpages=\"3\" pagesize=\"2\" total=\"5\" start=\"0\" end=\"1\""),
                xml.body());
        assertTrue(xml.body().contains("Page=1&amp;PageSize=2"), xml.body());
    }

    @Test
    void filtersAndOrderReachTheRecords() {
        // CONTRACT 2: StartTime with < and >, SortBy
        house.get(
                House.sdkBase(House.PARENT)
                        + "/Calls.json?StartTime%3E=2026-11-01&StartTime%3C=2026-11-02&Status=busy&EndTime=2026-11-03&SortBy=Duration:desc");
        CallFilter filter = house.memory.filters.element();
        assertEquals(Optional.of(Instant.parse("2026-11-01T00:00:00Z")), filter.startedFrom());
        assertEquals(Optional.of(Instant.parse("2026-11-03T00:00:00Z")), filter.startedBefore());
        assertEquals(Optional.of(Instant.parse("2026-11-03T00:00:00Z")), filter.endedFrom());
        assertEquals(Optional.of(Instant.parse("2026-11-04T00:00:00Z")), filter.endedBefore());
        assertEquals(Optional.of(CallStatus.BUSY), filter.status());
        assertEquals(CallFilter.Sort.DURATION, filter.sort());
        assertFalse(filter.ascending());
    }

    @ParameterizedTest
    @CsvSource({
        "Page=-1",
        "Page=x",
        "PageSize=0",
        "PageSize=1001",
        "Status=gone",
        "StartTime=yesterday",
        "SortBy=Price;drop",
        "SortBy=From:up",
        "ParentCallSid=1",
        "StartTime=%2B999999999-01-01T00:00:00Z"
    })
    void aWrongFilterIs400(String query) {
        // restcomm.md 4.1: bad SortBy 400; CONTRACT 2: says which parameter
        HttpResponse<String> answer = house.get(House.nativeBase(House.PARENT) + "/Calls.json?" + query);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(
                House.json(answer).get("message").asText().startsWith(query.substring(0, query.indexOf('='))),
                answer.body());
    }
}
