package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.call.Sid;
import teleapi.call.messaging.NewMessage;
import teleapi.call.messaging.Sent;
import teleapi.call.records.MessageError;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecord.Status;
import teleapi.rcml.HttpMethod;

/** Text messages by REST, over real HTTP, under both names and in both dialects. */
final class MessagesTest {
    private static final String NATIVE = House.nativeBase(House.PARENT);
    private static final String SDK = House.sdkBase(House.PARENT);
    private static final String FORM = House.form("From", "+15550100", "To", "client:bob", "Body", "See you\nat 5 €");

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private MessageRecord sent() {
        JsonNode made = House.json(house.post(NATIVE + "/Messages.json", FORM));
        return house.memory
                .messages
                .find(House.PARENT, new Sid(made.get("sid").asText()))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Messages.json", "/SMS/Messages.json"})
    void oneIsSentAndAnsweredWithItsRecord(String path) {
        // restcomm.md 4.4: POST From, To, Body; Encoding, StatusCallback; CONTRACT 2: both dialects
        for (String base : List.of(NATIVE, SDK)) {
            HttpResponse<String> answer = house.post(
                    base + path,
                    FORM + "&Encoding=UCS-2&StatusCallback=http://a.example/told&StatusCallbackMethod=GET");
            assertEquals(201, answer.statusCode(), answer.body());
            JsonNode shown = House.json(answer);
            assertEquals("queued", shown.get("status").asText());
            assertEquals("outbound-api", shown.get("direction").asText());
            assertEquals("See you\nat 5 €", shown.get("body").asText());
            assertEquals(
                    base + path.replace(".json", "/" + shown.get("sid").asText() + ".json"),
                    shown.get("uri").asText());
            assertEquals(
                    answer.body(), house.get(shown.get("uri").asText()).body(), "what was answered is what there is");
            assertEquals(
                    new NewMessage(
                            House.PARENT,
                            Optional.empty(),
                            "+15550100",
                            "client:bob",
                            "See you\nat 5 €",
                            Optional.of(new NewMessage.Callback("http://a.example/told", HttpMethod.GET))),
                    house.memory.messages.sent.poll());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "To=client:bob&Body=x | 21213",
                "From=+1&Body=x | 21201",
                "From=+1&To=client:bob | 21602",
                "From=+1&To=client:bob&Body= | 21602",
                "From=+1&To=a%20b&Body=x | 21211",
                "From=%3Csip:x%3E&To=+2&Body=x | 21212",
                "From=+1&To=+2&Body=x&Body=y | 20001",
                "From=+1&To=+2&Body=x&Encoding=UTF-8 | 20001",
                "From=+1&To=+2&Body=x&StatusCallback=nowhere | 21205",
                "From=+1&To=+2&Body=x&StatusCallbackMethod=PUT | 20001"
            })
    void aWrongRequestSendsNothing(String form, int code) {
        // CONTRACT 2: 400 bad value, says which parameter
        HttpResponse<String> answer = house.post(NATIVE + "/SMS/Messages.json", form.replace("+", "%2B"));
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(code, House.json(answer).get("code").asInt(), answer.body());
        assertTrue(house.memory.messages.sent.isEmpty());
    }

    @Test
    void aBodyHas1600CharactersAtMost() {
        // ADR-0024: 1,600 characters in each
        String form = House.form("From", "+15550100", "To", "client:bob", "Body", "é".repeat(1_600));
        HttpResponse<String> fits = house.post(NATIVE + "/Messages.json", form);
        assertEquals(201, fits.statusCode(), fits.body());
        HttpResponse<String> answer = house.post(NATIVE + "/Messages.json", form + "x");
        assertEquals(400, answer.statusCode());
        assertEquals(21617, House.json(answer).get("code").asInt());
        assertEquals(
                "Body: 1601 characters, limit 1600",
                House.json(answer).get("message").asText());
    }

    @Test
    void whatTheHeartRefusesIsAnsweredAsItSays() {
        // ADR-0024: 1,000 on their way at once (30001)
        house.memory.messages.refusing.set(Optional.of(new Sent.Refused(503, 30001, "too many")));
        HttpResponse<String> answer = house.post(NATIVE + "/Messages.json", FORM);
        assertEquals(503, answer.statusCode());
        assertEquals(30001, House.json(answer).get("code").asInt());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
        house.memory.messages.refusing.set(Optional.of(new Sent.Refused(404, 21211, "nobody")));
        assertEquals(404, house.post(NATIVE + "/Messages.json", FORM).statusCode());
    }

    @Test
    void oneThatDidNotArriveSaysWhy() {
        // restcomm.md 4.4: error_code, error_message; price is null, num_media "0"
        MessageRecord failed = sent().now(Status.UNDELIVERED, Optional.of(30003), Instant.EPOCH);
        house.memory.messages.write(failed);
        JsonNode shown = House.json(house.get(NATIVE + "/Messages/" + failed.sid() + ".json"));
        assertEquals("undelivered", shown.get("status").asText());
        assertEquals(30003, shown.get("error_code").asInt());
        assertEquals(
                MessageError.UNREACHABLE.title(), shown.get("error_message").asText());
        assertTrue(shown.get("date_sent").isNull());
        assertTrue(shown.get("price").isNull());
        assertEquals("0", shown.get("num_media").asText());
        assertEquals("1", shown.get("num_segments").asText());
        house.memory.messages.write(failed.now(Status.SENT, Optional.empty(), Instant.EPOCH));
        shown = House.json(house.get(NATIVE + "/Messages/" + failed.sid() + ".json"));
        assertEquals("Thu, 01 Jan 1970 00:00:00 +0000", shown.get("date_sent").asText());
        assertTrue(shown.get("error_code").isNull());
        assertTrue(shown.get("error_message").isNull());
    }

    @Test
    void sdksSeeTheirKeysAndNoOthers() {
        // restcomm.md 4.4: the fields; call_sid is no key that an SDK knows
        Sid call = new Sid("CA" + "0".repeat(32));
        MessageRecord api = sent();
        MessageRecord said = new MessageRecord(
                api.sid(),
                api.accountSid(),
                Optional.of(call),
                api.from(),
                api.to(),
                api.body(),
                MessageRecord.Direction.OUTBOUND_CALL,
                Status.SENDING,
                api.dateCreated(),
                api.dateUpdated(),
                Optional.empty(),
                Optional.empty(),
                2);
        house.memory.messages.write(said);
        String keys = "sid date_created date_updated date_sent account_sid from to body status direction error_code"
                + " error_message num_segments num_media price price_unit api_version uri";
        JsonNode sdk = House.json(house.get(SDK + "/Messages/" + said.sid() + ".json"));
        assertEquals(List.of(keys.split(" ", -1)), keys(sdk));
        JsonNode ours = House.json(house.get(NATIVE + "/Messages/" + said.sid() + ".json"));
        assertEquals(List.of((keys + " call_sid").split(" ", -1)), keys(ours));
        assertEquals(call.text(), ours.get("call_sid").asText());
        assertEquals("2010-04-01", sdk.get("api_version").asText());
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theyAreListedUnderEitherNameInPages() {
        // restcomm.md 4.4; CONTRACT 2: paging
        List<MessageRecord> three = List.of(sent(), sent(), sent());
        for (String list : List.of(NATIVE + "/Messages.json", NATIVE + "/SMS/Messages.json", SDK + "/Messages.json")) {
            JsonNode page = House.json(house.get(list + "?PageSize=2"));
            assertEquals(2, page.get("messages").size());
            assertTrue(page.get("next_page_uri").asText().startsWith(list + "?"), page.toString());
            JsonNode last = House.json(house.get(page.get("next_page_uri").asText()));
            assertEquals(
                    three.getFirst().sid().text(),
                    last.get("messages").get(0).get("sid").asText());
        }
        assertTrue(house.get(NATIVE + "/SMS/Messages").body().contains("<SMSMessage><Sid>SM"));
        assertTrue(house.get(NATIVE + "/Messages").body().contains("<Message><Sid>SM"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StartTime=2026-11-23&EndTime=2026-11-24 | 2026-11-23T00:00:00Z | 2026-11-25T00:00:00Z",
                "StartTime=2026-11-23T10:00:00Z | 2026-11-23T10:00:00Z |",
                "EndTime=2026-11-23T10:00:00Z | | 2026-11-23T10:00:00Z",
                "DateSent=2026-11-23 | 2026-11-23T00:00:00Z | 2026-11-24T00:00:00Z",
                "DateSent=2026-11-23T00:00:00Z | 2026-11-23T00:00:00Z | 2026-11-24T00:00:00Z",
                "DateSent%3E=2026-11-23T10:00:00Z&DateSent%3C=2026-11-24T10:00:00Z | 2026-11-23T10:00:00Z |"
                        + " 2026-11-24T10:00:00Z"
            })
    void aListIsOfATime(String query, String from, String before) {
        // restcomm.md 4.4: StartTime, EndTime; peers.md 2.5: SDKs say DateSent; a day alone means that day
        assertEquals(200, house.get(SDK + "/Messages.json?" + query).statusCode());
        assertEquals(
                new MessageFilter(Optional.empty(), Optional.empty(), instant(from), instant(before), Optional.empty()),
                house.memory.messages.filters.element());
    }

    private static Optional<Instant> instant(@org.jspecify.annotations.Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    @Test
    void aListIsOfPartiesAndOfAPartOfTheText() {
        // restcomm.md 4.4: From, To, Body
        house.get(NATIVE + "/SMS/Messages.json?From=+15550100&To=client:bob&Body=100%25%0Ax");
        assertEquals(
                new MessageFilter(
                        Optional.of("+15550100"),
                        Optional.of("client:bob"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("100%\nx")),
                house.memory.messages.filters.element());
        assertEquals(
                400,
                house.get(NATIVE + "/Messages.json?Body=" + "x".repeat(1_601)).statusCode());
        assertEquals(
                400, house.get(NATIVE + "/Messages.json?StartTime=yesterday").statusCode());
    }

    @Test
    void itIsDeletedOnceItHasEnded() {
        // reliability.md A11: deletion deletes
        MessageRecord message = sent();
        String uri = NATIVE + "/SMS/Messages/" + message.sid();
        HttpResponse<String> early = house.send("DELETE", uri, "");
        assertEquals(409, early.statusCode());
        house.memory.messages.write(message.now(Status.DELIVERED, Optional.empty(), Instant.EPOCH));
        assertEquals(204, house.send("DELETE", uri, "").statusCode());
        assertEquals(404, house.get(uri).statusCode());
        assertEquals(404, house.send("DELETE", uri, "").statusCode());
        assertEquals(404, house.get(NATIVE + "/Messages/SM1").statusCode());
    }

    @Test
    void aKeyHasOneEffectAndTheSameAnswer() {
        // CONTRACT 2: Idempotency-Key on any POST
        HttpResponse<String> first = house.post(NATIVE + "/Messages.json", FORM, "Idempotency-Key", "k1");
        HttpResponse<String> again = house.post(NATIVE + "/Messages.json", FORM, "Idempotency-Key", "k1");
        assertEquals(first.body(), again.body());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElse(""));
        assertEquals(1, house.memory.messages.sent.size());
        assertEquals(
                422,
                house.post(NATIVE + "/Messages.json", FORM + "x", "Idempotency-Key", "k1")
                        .statusCode());
    }

    @Test
    void anSdkThatSendsAgainOn500HasOneEffect() {
        // peers.md 2.10: the Java SDK sends 3 POSTs on 500; ADR-0012 (b)
        house.memory.messages.faulty.set(true);
        HttpResponse<String> first = house.post(SDK + "/Messages.json", FORM);
        house.memory.messages.faulty.set(false);
        assertEquals(500, first.statusCode());
        HttpResponse<String> again = house.post(SDK + "/Messages.json", FORM);
        assertEquals(500, again.statusCode());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElse(""));
        assertEquals(1, house.memory.messages.sent.size());
    }

    @Test
    void twoEqualOnesAreTwo() {
        // ADR-0012: two equal ones may well be meant
        assertFalse(sent().sid().equals(sent().sid()));
        assertEquals(2, house.memory.messages.sent.size());
    }

    @Test
    void everyErrorIsExplainedUnderItsTitle() {
        // CONTRACT 2: every code has a page under docs; error_message is its title there
        String page = house.get("/docs/errors.md").body();
        for (MessageError error : MessageError.values()) {
            String heading =
                    "<a id=\"" + error.number() + "\"></a>\n### " + error.number() + " " + error.title() + "\n";
            assertTrue(page.contains(heading), heading);
        }
    }
}
