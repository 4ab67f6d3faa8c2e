package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.call.CallStatus;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Sid;
import teleapi.call.bridge.QueueMember;
import teleapi.call.directory.QueueSettings;
import teleapi.call.records.CallRecord;
import teleapi.rcml.HttpMethod;

/** Queues and who waits in them, as the API takes them. */
final class QueuesTest {
    private final House house = new House();
    private final CallRecord first = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final CallRecord second = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String queues = House.nativeBase(House.PARENT) + "/Queues";

    @AfterEach
    void close() {
        house.close();
    }

    private String made() {
        HttpResponse<String> answer = house.post(queues + ".json", "FriendlyName=support&MaxSize=20");
        assertEquals(201, answer.statusCode(), answer.body());
        return House.json(answer).get("sid").asText();
    }

    private void bothWait() {
        var now = house.memory.world.time().now();
        house.memory.queueMembers.set(List.of(
                new QueueMember(first.sid(), now.minusSeconds(30)),
                new QueueMember(second.sid(), now.minusSeconds(10))));
    }

    @Test
    void anAccountHasAThousandQueuesAndNotOneMore() {
        // STYLE "Input": nothing is unbounded; docs/errors.md 29443
        var now = house.memory.world.time().now();
        for (int i = 0; i < QueueSettings.MOST; i++) {
            house.memory.queues.add(new QueueSettings(
                    Sid.fresh(Sid.QUEUE, house.memory.world), House.PARENT, "queue " + i, 10, now, now));
        }
        HttpResponse<String> refused = house.post(queues + ".json", "FriendlyName=support");
        assertEquals(409, refused.statusCode(), refused.body());
        assertEquals(29_443, House.json(refused).get("code").asInt());
    }

    @Test
    void aQueueIsMadeChangedAndDeleted() {
        // reference/peers.md part 2 "Queues": FriendlyName, MaxSize (1000, at most 5000)
        String uri = queues + "/" + made() + ".json";
        JsonNode queue = House.json(house.get(uri));
        assertEquals("support", queue.get("friendly_name").asText());
        assertEquals(20, queue.get("max_size").asInt());
        assertEquals(0, queue.get("current_size").asInt());
        assertEquals(0, queue.get("average_wait_time").asInt());
        assertEquals(200, house.post(uri, "FriendlyName=sales&MaxSize=5000").statusCode());
        JsonNode listed = House.json(house.get(queues + ".json")).get("queues");
        assertEquals(1, listed.size());
        assertEquals("sales", listed.get(0).get("friendly_name").asText());
        assertEquals(
                404,
                house.get(uri.replace(House.PARENT.text(), House.CHILD.text())).statusCode());
        assertEquals(204, house.send("DELETE", uri, "").statusCode());
        assertEquals(404, house.get(uri).statusCode());
    }

    @Test
    void sdksFindTheirKeys() {
        // reference/peers.md part 2: counts are numbers; the list of members is queue_members
        String sid = made();
        bothWait();
        String base = House.sdkBase(House.PARENT) + "/Queues";
        JsonNode queue = House.json(house.get(base + "/" + sid + ".json"));
        assertTrue(queue.get("current_size").isInt());
        assertEquals(2, queue.get("current_size").asInt());
        assertEquals(20, queue.get("average_wait_time").asInt());
        JsonNode members =
                House.json(house.get(base + "/" + sid + "/Members.json")).get("queue_members");
        assertEquals(first.sid().text(), members.get(0).get("call_sid").asText());
        assertEquals(1, members.get(0).get("position").asInt());
        assertEquals(30, members.get(0).get("wait_time").asInt());
        assertEquals(2, members.get(1).get("position").asInt());
    }

    @Test
    void whoWaitsIsFoundByItsSidOrAsTheFront() {
        // reference/peers.md part 2: Members/{CA or Front}
        String members = queues + "/" + made() + "/Members/";
        assertEquals(404, house.get(members + "Front").statusCode());
        bothWait();
        assertEquals(
                first.sid().text(),
                House.json(house.get(members + "Front.json")).get("call_sid").asText());
        assertEquals(
                2,
                House.json(house.get(members + second.sid() + ".json"))
                        .get("position")
                        .asInt());
    }

    @Test
    void whoWaitsIsTakenOutIntoADocument() {
        // reference/peers.md part 2: Url, Method; a redirect underneath, with the same answers
        String members = queues + "/" + made() + "/Members/";
        bothWait();
        HttpResponse<String> answer = house.post(members + "Front.json", "Url=http://a.example/out&Method=GET");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(first.sid().text(), House.json(answer).get("call_sid").asText());
        assertEquals(
                "applied", House.json(answer).get("modification").get("status").asText(), answer.body());
        Modification asked = house.memory.modifications.remove();
        assertEquals(
                Optional.of(Redirect.to(new NewDocument.AtUrl(
                        new NewDocument.Fetch("http://a.example/out", HttpMethod.GET), Optional.empty()))),
                asked.redirect());
        house.memory.outcome.set(List.of(ModificationStatus.State.FAILED));
        assertEquals(
                422,
                house.post(members + second.sid() + ".json", "Url=http://a.example/out")
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Front", ""})
    void whoIsNotTakenOutIsGivenBackAtOnce(String front) {
        // docs/api/queues.md: kept for the request till its document is there, or is not to be had
        String member = queues + "/" + made() + "/Members/" + (front.isEmpty() ? first.sid() : front) + ".json";
        bothWait();
        house.memory.outcome.set(List.of(ModificationStatus.State.PREPARING));
        String out = "Url=http://a.example/out";
        assertEquals(202, house.post(member, out, "Prefer", "respond-async").statusCode());
        assertEquals(Set.of(first.sid()), house.memory.reserved);
        for (ModificationStatus.State last : List.of(ModificationStatus.State.FAILED, ModificationStatus.State.ENDED)) {
            house.memory.outcome.set(List.of(last));
            assertTrue(house.post(member, out).statusCode() >= 400);
            assertEquals(Set.of(), house.memory.reserved);
        }
        house.memory.refusing.set(true);
        assertEquals(503, house.post(member, out).statusCode());
        assertEquals(Set.of(), house.memory.reserved);
    }

    @Test
    void aQueueInWhichSomebodyWaitsStays() {
        // issue 4, 1: delete when empty, else 409
        String uri = queues + "/" + made() + ".json";
        bothWait();
        HttpResponse<String> refused = house.send("DELETE", uri, "");
        assertEquals(409, refused.statusCode());
        assertEquals(29442, House.json(refused).get("code").asInt());
        assertEquals(409, house.post(uri, "FriendlyName=other").statusCode());
        assertEquals(200, house.post(uri, "FriendlyName=support&MaxSize=3").statusCode());
        assertEquals(200, house.get(uri).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/Queues | MaxSize=3 | 400 | 20001",
                "/Queues | FriendlyName=a&MaxSize=0 | 400 | 20001",
                "/Queues | FriendlyName=a&MaxSize=5001 | 400 | 20001",
                "/Queues | FriendlyName=support | 409 | 29411",
                "/Queues/QU00000000000000000000000000000009 | MaxSize=3 | 404 | 20404",
                "/Queues/QU00000000000000000000000000000009/Members/Front | Url=http://a.example/ | 404 | 20404"
            })
    void whatCannotBeDoneSaysWhy(String path, String form, int status, int code) {
        // CONTRACT 2: 400 says which parameter
        made();
        HttpResponse<String> answer = house.post(House.nativeBase(House.PARENT) + path + ".json", form);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(code, House.json(answer).get("code").asInt());
    }

    @Test
    void aMemberNeedsADocumentAndHasToWait() {
        // reference/peers.md part 2: Url is required; nobody is taken from the front for a request that is refused
        String members = queues + "/" + made() + "/Members/";
        bothWait();
        HttpResponse<String> without = house.post(members + "Front.json", "Mute=true");
        assertEquals(400, without.statusCode());
        assertEquals(21205, House.json(without).get("code").asInt());
        CallRecord elsewhere = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        assertEquals(
                404,
                house.post(members + elsewhere.sid() + ".json", "Url=http://a.example/out")
                        .statusCode());
        assertEquals(0, house.memory.modifications.size());
    }
}
