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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.Ending;
import teleapi.call.Modification;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;

/** Accounts, numbers, clients, applications; conferences and who is in them. */
final class ProvisioningTest {
    private final House house = new House();
    private final String base = House.nativeBase(House.PARENT);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aSubAccountIsMadeAndWorksAtOnce() {
        // CONTRACT 2: POST Accounts.json answers its Sid and token
        HttpResponse<String> made = house.post(
                "/teleapi/2012-04-24/Accounts.json",
                House.form("FriendlyName", "Sub", "EmailAddress", "s@example.org", "Password", "x"));
        assertEquals(201, made.statusCode(), made.body());
        String sid = House.json(made).get("sid").asText();
        String credentials = House.basic(sid, House.json(made).get("auth_token").asText());
        String own = "/teleapi/2012-04-24/Accounts/" + sid;
        assertEquals(
                200,
                house.sendAs(Optional.of(credentials), "GET", own + ".json", "").statusCode());
        assertEquals(
                403,
                house.sendAs(Optional.of(credentials), "POST", "/teleapi/2012-04-24/Accounts.json", "")
                        .statusCode());
        assertEquals(
                403, house.sendAs(Optional.of(credentials), "DELETE", own, "").statusCode());
        assertEquals(
                3,
                House.json(house.get("/2010-04-01/Accounts.json"))
                        .get("accounts")
                        .size());
        assertEquals(204, house.send("DELETE", own, "").statusCode());
        assertEquals(401, house.sendAs(Optional.of(credentials), "GET", own, "").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IncomingPhoneNumbers | PhoneNumber=%2B15550001&VoiceUrl=http://a.example/v | incomingPhoneNumbers |"
                        + " phone_number | +15550001",
                "Clients | Login=alice&Password=secret | clients | login | alice",
                "Applications | FriendlyName=app&RcmlUrl=http://a.example/v | applications | friendly_name | app"
            })
    void whatIsMadeCanBeReadChangedListedAndDeleted(String path, String form, String key, String field, String value) {
        // CONTRACT 2: Get, list, update (POST), delete (204)
        HttpResponse<String> made = house.post(base + "/" + path + ".json", form);
        assertEquals(201, made.statusCode(), made.body());
        assertEquals(value, House.json(made).get(field).asText());
        assertFalse(made.body().contains("secret"));
        String one = base + "/" + path + "/" + House.json(made).get("sid").asText();
        assertEquals(made.body(), house.get(one + ".json").body());
        assertEquals(
                "new",
                House.json(house.post(one + ".json", "FriendlyName=new"))
                        .get("friendly_name")
                        .asText());
        JsonNode list = House.json(house.get(base + "/" + path + ".json"));
        assertEquals(1, list.get(key).size(), list.toString());
        assertEquals(
                0,
                House.json(house.get(House.nativeBase(House.CHILD) + "/" + path + ".json"))
                        .get(key)
                        .size());
        assertEquals(
                404,
                house.get(House.nativeBase(House.CHILD) + "/" + path + "/"
                                + House.json(made).get("sid").asText())
                        .statusCode());
        assertEquals(204, house.send("DELETE", one, "").statusCode());
        assertEquals(404, house.send("DELETE", one, "").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IncomingPhoneNumbers | VoiceUrl=http://a.example/ | 20001",
                "IncomingPhoneNumbers | PhoneNumber=a%20b | 20001",
                "IncomingPhoneNumbers | PhoneNumber=1%2B1 | 20001",
                "IncomingPhoneNumbers | PhoneNumber=1&VoiceUrl=/v | 21205",
                "IncomingPhoneNumbers | PhoneNumber=1&VoiceMethod=PUT | 20001",
                "IncomingPhoneNumbers | PhoneNumber=1&VoiceApplicationSid=AP00000000000000000000000000000000 | 21218",
                "IncomingPhoneNumbers | PhoneNumber=1&SmsUrl=/v | 21205",
                "IncomingPhoneNumbers | PhoneNumber=1&SmsFallbackMethod=PUT | 20001",
                "IncomingPhoneNumbers | PhoneNumber=1&SmsApplicationSid=AP00000000000000000000000000000000 | 21218",
                "Clients | Login=a | 20001",
                "Clients | Login=a@b&Password=x | 20001",
                "Clients | Login=a&Password=%01 | 20001",
                "Applications | RcmlUrl=http://a.example/ | 20001",
                "Applications | FriendlyName=a&RcmlUrl=javascript:1 | 21205"
            })
    void wrongValuesAreRefused(String path, String form, int code) {
        // CONTRACT 2: 400 bad value
        HttpResponse<String> answer = house.post(base + "/" + path + ".json", form);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(code, House.json(answer).get("code").asInt(), answer.body());
    }

    @Test
    void whatIsTakenIs409() {
        // restcomm.md 4.1: 409 duplicate
        house.post(base + "/Clients.json", "Login=alice&Password=x");
        HttpResponse<String> answer =
                house.post(House.nativeBase(House.CHILD) + "/Clients.json", "Login=alice&Password=y");
        assertEquals(409, answer.statusCode());
        assertEquals(29411, House.json(answer).get("code").asInt());
    }

    @Test
    void aUrlSentEmptyIsRemoved() {
        // Voice: what was sent replaces what was there
        HttpResponse<String> made = house.post(
                base + "/IncomingPhoneNumbers.json",
                "PhoneNumber=7&VoiceUrl=http://a.example/&StatusCallback=http://a.example/s");
        String one =
                base + "/IncomingPhoneNumbers/" + House.json(made).get("sid").asText() + ".json";
        JsonNode changed = House.json(house.post(one, "VoiceUrl="));
        assertTrue(changed.get("voice_url").isNull());
        assertEquals("http://a.example/s", changed.get("status_callback").asText());
    }

    @Test
    void aNumberKeepsWhatRunsOnItsMessages() {
        // restcomm.md 4.3: Sms* of IncomingPhoneNumbers; ADR-0024; what was sent replaces what was there
        String application = House.json(house.post(base + "/Applications.json", "FriendlyName=app"))
                .get("sid")
                .asText();
        JsonNode bare = House.json(house.post(base + "/IncomingPhoneNumbers.json", "PhoneNumber=7"));
        assertTrue(bare.get("sms_url").isNull());
        assertEquals("POST", bare.get("sms_method").asText());
        assertTrue(bare.get("capabilities").get("sms").asBoolean());
        String one = base + "/IncomingPhoneNumbers/" + bare.get("sid").asText() + ".json";
        house.post(
                one,
                "SmsUrl=http://a.example/sms&SmsMethod=GET&SmsFallbackUrl=http://a.example/f&SmsFallbackMethod=GET"
                        + "&SmsApplicationSid=" + application);
        house.post(one, "VoiceUrl=http://a.example/v");
        JsonNode kept = House.json(house.get(one));
        assertEquals("http://a.example/sms", kept.get("sms_url").asText());
        assertEquals("GET", kept.get("sms_method").asText());
        assertEquals("http://a.example/f", kept.get("sms_fallback_url").asText());
        assertEquals("GET", kept.get("sms_fallback_method").asText());
        assertEquals(application, kept.get("sms_application_sid").asText());
        JsonNode emptied = House.json(house.post(one, "SmsUrl=&SmsApplicationSid="));
        assertTrue(emptied.get("sms_url").isNull());
        assertTrue(emptied.get("sms_application_sid").isNull());
        assertEquals("http://a.example/f", emptied.get("sms_fallback_url").asText());
        JsonNode made =
                House.json(house.post(base + "/IncomingPhoneNumbers.json", "PhoneNumber=8&SmsUrl=http://a.example/s"));
        assertEquals("http://a.example/s", made.get("sms_url").asText());
    }

    @Test
    void participantsAreMutedAndTakenOut() {
        // peers.md 2.6: Muted; DELETE kicks, 204; only who is in it
        var now = house.memory.world.time().now();
        CallRecord member = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        CallRecord other = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        Sid room = new Sid("CF" + "0".repeat(32));
        house.memory.conferences.set(List.of(new ConferenceRecord(
                room,
                House.PARENT,
                "Room",
                ConferenceRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1)));
        house.memory.participants.set(List.of(new ParticipantRecord(
                member.sid(), room, House.PARENT, false, false, Optional.empty(), true, false, true, now, now)));
        String participants = base + "/Conferences/" + room + "/Participants";
        assertEquals(
                1, House.json(house.get(participants + ".json")).get("calls").size());
        assertEquals(
                "Room",
                House.json(house.get(base + "/Conferences.json"))
                        .get("conferences")
                        .get(0)
                        .get("friendly_name")
                        .asText());
        assertEquals(
                200, house.post(participants + "/" + member.sid(), "Mute=true").statusCode());
        assertEquals(
                Optional.of(true),
                house.memory.modifications.element().controls().muted());
        assertEquals(
                404, house.post(participants + "/" + other.sid(), "Muted=true").statusCode());
        assertEquals(
                400, house.post(participants + "/" + member.sid(), "Hold=maybe").statusCode());
        assertEquals(
                204, house.send("DELETE", participants + "/" + member.sid(), "").statusCode());
        assertEquals(
                List.of(Optional.empty(), Optional.of(Ending.COMPLETED)),
                house.memory.modifications.stream().map(Modification::ending).toList());
        assertEquals(
                404,
                house.get(House.nativeBase(House.CHILD) + "/Conferences/" + room)
                        .statusCode());
    }

    @Test
    void aParticipantIsShownAsItsCallIsNow() {
        // CONTRACT 2: 200 means that it has taken effect; a conference takes what its calls tell it a moment later
        var now = house.memory.world.time().now();
        CallRecord loud = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        CallRecord gone = house.memory.call(House.PARENT, CallStatus.COMPLETED);
        Sid room = new Sid("CF" + "0".repeat(32));
        house.memory.conferences.set(List.of(new ConferenceRecord(
                room,
                House.PARENT,
                "Room",
                ConferenceRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1)));
        house.memory.participants.set(List.of(
                new ParticipantRecord(
                        loud.sid(), room, House.PARENT, true, false, Optional.empty(), true, false, true, now, now),
                new ParticipantRecord(
                        gone.sid(), room, House.PARENT, false, false, Optional.empty(), true, false, true, now, now)));
        String participants = base + "/Conferences/" + room + "/Participants";
        var all = House.json(house.get(participants + ".json")).get("calls");
        assertEquals(1, all.size());
        assertFalse(all.get(0).get("muted").asBoolean());
        assertEquals(404, house.get(participants + "/" + gone.sid()).statusCode());
        assertEquals(
                404, house.send("DELETE", participants + "/" + gone.sid(), "").statusCode());
    }

    @Test
    void notificationsSayWhereTheirCodeIsExplained() {
        // restcomm.md 4.3: log 0 is an error
        JsonNode first = House.json(house.get(base + "/Notifications.json"))
                .get("notifications")
                .get(0);
        assertEquals("0", first.get("log").asText());
        assertEquals("/docs/errors.md#11200", first.get("more_info").asText());
    }
}
