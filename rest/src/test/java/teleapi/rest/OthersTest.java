package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.bridge.QueueMember;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.TranscriptionRecord;
import teleapi.rest.http.Route;
import teleapi.rest.resource.EventStreams;
import teleapi.rest.resource.Resources;

/** What is another account's is answered as what does not exist, at every resource that there is, and stays as it is. */
final class OthersTest {
    /** Whatever anything wants to know, so that nothing is refused for want of it. */
    private static final String FORM = House.form(
            "Url", "http://a.example/out",
            "FriendlyName", "name",
            "PhoneNumber", "+15550199",
            "Login", "login",
            "Password", "a long password",
            "From", "+15550100",
            "To", "client:bob",
            "Body", "text",
            "Changes", "[{\"CallSid\":\"CA00000000000000000000000000000000\",\"Mute\":true}]");

    private static final String STOPPED = House.form("Status", "stopped");
    private static final String STREAM = House.form("Url", "wss://a.example/stream");
    private static final String CONFERENCE = House.form("Status", "completed");
    private static final String PARTICIPANT = House.form("Muted", "true");

    private final House house = new House();
    /** What stands for an open segment of a route. */
    private final Map<String, String> theirs = new TreeMap<>();

    OthersTest() {
        CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
        var now = house.memory.world.time().now();
        Sid room = new Sid("CF" + "0".repeat(32));
        house.memory.conferences.set(List.of(new ConferenceRecord(
                room,
                House.PARENT,
                "room",
                ConferenceRecord.Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                1)));
        house.memory.participants.set(List.of(new ParticipantRecord(
                call.sid(), room, House.PARENT, false, false, Optional.empty(), true, false, true, now, now)));
        house.memory.queueMembers.set(List.of(new QueueMember(call.sid(), now)));
        theirs.put("{Account}", House.PARENT.text());
        theirs.put("{Call}", call.sid().text());
        theirs.put("{Conference}", room.text());
        theirs.put("{Queue}", made("Queues"));
        theirs.put("{Number}", made("IncomingPhoneNumbers"));
        theirs.put("{Client}", made("Clients"));
        theirs.put("{Application}", made("Applications"));
        Sid recording = Sid.fresh(Sid.RECORDING, house.memory.world);
        house.memory.recordings.write(RecordingRecord.begun(
                recording, House.PARENT, call.sid(), Optional.of(room), 1, "both", "StartCallRecordingAPI", now));
        theirs.put("{Recording}", recording.text());
        Sid text = Sid.fresh(Sid.TRANSCRIPTION, house.memory.world);
        house.memory.transcriptions.write(new TranscriptionRecord(
                text,
                House.PARENT,
                call.sid(),
                recording,
                TranscriptionRecord.Status.COMPLETED,
                now,
                now,
                Duration.ofSeconds(1),
                "hello",
                1));
        theirs.put("{Transcription}", text.text());
        theirs.put("{Message}", made("Messages"));
        house.memory.messages.sent.clear();
        // Has no GET, and none is asked for by itself.
        theirs.put("{Stream}", Sid.fresh(Sid.STREAM, house.memory.world).text());
        HttpResponse<String> changed =
                house.post(House.nativeBase(House.PARENT) + "/Calls/" + call.sid() + ".json", "Mute=true");
        theirs.put(
                "{Modification}",
                House.json(changed).get("modification").get("sid").asText());
        house.memory.modifications.clear();
    }

    private String made(String resource) {
        HttpResponse<String> answer = house.post(House.nativeBase(House.PARENT) + "/" + resource + ".json", FORM);
        assertEquals(201, answer.statusCode(), answer.body());
        return House.json(answer).get("sid").asText();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static List<Route> routes(House house) {
        return Resources.routes(house.parts, new EventStreams(house.memory.world, house.memory.events, house.memory));
    }

    /** The path, as if what belongs to one account belonged to another. */
    private String path(Route route, Sid account) {
        List<String> segments = route.pattern().stream()
                .map(segment -> segment.equals("{Account}")
                        ? account.text()
                        : segment.startsWith("{")
                                ? Optional.ofNullable(theirs.get(segment))
                                        .orElseThrow(() -> new AssertionError("what is " + segment + "?"))
                                : segment)
                .toList();
        return House.nativeBase(account).replace("/" + account, "") + "/" + String.join("/", segments);
    }

    @Test
    void whatIsAnothersIsNotThere() {
        // CONTRACT section 2; reliability.md A8: the same for what does not exist and what is another account's
        String before = state();
        int asked = 0;
        var wrong = new ArrayList<String>();
        for (Route route : routes(house)) {
            boolean names = route.pattern().stream()
                    .anyMatch(segment -> segment.startsWith("{") && !segment.equals("{Account}"));
            // Their account by its own path, and their things below one's own; a parent, too, must name the right
            // account.
            List<Sid> owners = new ArrayList<>();
            if (route.pattern().contains("{Account}")) {
                owners.add(House.PARENT);
            }
            if (names) {
                owners.add(House.STRANGER);
                owners.add(House.CHILD);
            }
            for (Sid owner : owners) {
                for (String method : route.methods().keySet()) {
                    Sid sender = owner.equals(House.CHILD) ? House.PARENT : House.STRANGER;
                    String path = path(route, owner);
                    HttpResponse<String> answer = house.sendAs(
                            Optional.of(House.basic(sender.text(), House.token(sender))),
                            method,
                            path,
                            method.equals("GET") || method.equals("DELETE") ? "" : form(route));
                    asked++;
                    if (answer.statusCode() != 404) {
                        wrong.add(
                                sender + " " + method + " " + path + ": " + answer.statusCode() + " " + answer.body());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(asked > 100, asked + " requests");
        assertEquals(before, state());
    }

    @Test
    void eachOpenSegmentIsOfOnesOwn() {
        // Otherwise the other test could ask for nothing that there is.
        for (Route route : routes(house)) {
            if (route.methods().containsKey("GET") && !route.pattern().isEmpty()) {
                HttpResponse<String> answer = house.get(path(route, House.PARENT));
                assertTrue(
                        answer.statusCode() == 200, route.pattern() + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private static String form(Route route) {
        String last = route.pattern().getLast();
        return switch (last) {
            case "{Recording}", "{Stream}" -> STOPPED;
            case "Streams" -> STREAM;
            case "{Conference}" -> CONFERENCE;
            case "{Call}" -> route.pattern().contains("Participants") ? PARTICIPANT : FORM;
            default -> FORM;
        };
    }

    /** All that a request could have changed. */
    private String state() {
        MemoryHouse memory = house.memory;
        return List.of(
                        memory.accounts.all(),
                        memory.numbers.all(),
                        memory.clients.all(),
                        memory.applications.all(),
                        memory.queues.all(),
                        new TreeMap<>(memory.calls),
                        memory.created,
                        memory.modifications,
                        memory.together,
                        memory.announcements,
                        memory.reserved,
                        memory.messages.sent,
                        new TreeMap<>(memory.messages.kept),
                        memory.transcriptions
                                .list(House.PARENT, Optional.empty(), 0, 10)
                                .items(),
                        memory.recordings.list(House.PARENT, Optional.empty(), Optional.empty(), 0, 10).items().stream()
                                .map(RecordingRecord::status)
                                .toList())
                .toString();
    }
}
