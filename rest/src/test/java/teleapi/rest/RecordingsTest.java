package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.media.sound.Mp3File;

/** Recordings by REST, over real HTTP. */
final class RecordingsTest {
    private static final String SOUND = "RIFF, and then the sound";

    @TempDir
    Path folder = Path.of("");

    private House house = new House();
    private RecordingRecord recording = RecordingRecord.begun(
            new Sid("RE" + "0".repeat(32)),
            House.PARENT,
            new Sid("CA" + "0".repeat(32)),
            Optional.empty(),
            1,
            "both",
            "DialVerb",
            java.time.Instant.EPOCH);

    @BeforeEach
    void aCallThatIsRecorded() throws IOException {
        house.close();
        house = new House(folder);
        Sid call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS).sid();
        recording = RecordingRecord.begun(
                recording.sid(), House.PARENT, call, Optional.empty(), 2, "both", "DialVerb", recording.startTime());
        house.memory.recordings.write(recording);
        Files.writeString(folder.resolve(recording.sid() + ".wav"), SOUND, StandardCharsets.US_ASCII);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String uri(Sid account) {
        return House.nativeBase(account) + "/Recordings/" + recording.sid();
    }

    private void ended() {
        house.memory.recordings.write(recording.ended(recording.startTime(), Duration.ofMillis(1_020), true));
    }

    @Test
    void itIsListedAndDescribed() {
        // peers.md 2.5; restcomm.md 4.3: sid, call_sid, duration, file_uri
        ended();
        String base = House.nativeBase(House.PARENT);
        for (String list : new String[] {
            "/Recordings.json",
            "/Recordings.json?CallSid=" + recording.callSid(),
            "/Calls/" + recording.callSid() + "/Recordings.json"
        }) {
            JsonNode page = House.json(house.get(base + list)).get("recordings");
            assertEquals(1, page.size());
            assertEquals(recording.sid().text(), page.get(0).get("sid").asText());
        }
        JsonNode one = House.json(house.get(uri(House.PARENT) + ".json"));
        assertEquals("completed", one.get("status").asText());
        assertEquals("2", one.get("duration").asText());
        assertEquals("2", one.get("channels").asText());
        assertEquals(uri(House.PARENT) + ".wav", one.get("file_uri").asText());
        assertEquals(400, house.get(base + "/Recordings.json?CallSid=mine").statusCode());
    }

    @Test
    void oneThatCouldNotBeWrittenHasNoSound() {
        // docs/api/recordings.md: failed, of no duration; a header on a full disk is no sound
        house.memory.recordings.write(recording.ended(recording.startTime(), Duration.ZERO, false));
        assertEquals(
                "failed",
                House.json(house.get(uri(House.PARENT) + ".json")).get("status").asText());
        assertEquals(404, house.get(uri(House.PARENT) + ".wav").statusCode());
        assertEquals(404, house.get(uri(House.PARENT) + ".mp3").statusCode());
    }

    @Test
    void itsSoundIsWhatIsInTheFile() {
        // reliability.md A11: with credentials
        ended();
        HttpResponse<String> sound = house.get(uri(House.PARENT) + ".wav");
        assertEquals(200, sound.statusCode());
        assertEquals(SOUND, sound.body());
        assertEquals(Optional.of("audio/wav"), sound.headers().firstValue("Content-Type"));
        assertEquals(
                Optional.of(Integer.toString(SOUND.length())), sound.headers().firstValue("Content-Length"));
        HttpResponse<String> head = house.send("HEAD", uri(House.PARENT) + ".wav", "");
        assertEquals(200, head.statusCode());
        assertEquals(
                Optional.of(Integer.toString(SOUND.length())), head.headers().firstValue("Content-Length"));
        // RFC 9110 §14.2: a range is of GET alone
        HttpResponse<String> part = house.send("HEAD", uri(House.PARENT) + ".wav", "", "Range", "bytes=0-3");
        assertEquals(200, part.statusCode());
        assertEquals(
                Optional.of(Integer.toString(SOUND.length())), part.headers().firstValue("Content-Length"));
        assertEquals(
                401,
                house.sendAs(Optional.empty(), "GET", uri(House.PARENT) + ".wav", "")
                        .statusCode());
        assertEquals(
                404,
                house.get(uri(House.CHILD) + ".wav").statusCode(),
                "another account's is none, for whoever may use both");
    }

    @Test
    void itsSoundIsAnMp3WhereThatIsAskedFor() throws IOException {
        // issue 4, 4: media as WAV and MP3; restcomm.md 4.3
        byte[] wav = new byte[44 + 16_000];
        System.arraycopy("RIFF....WAVEfmt .....\0\1\0\100\37\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, wav, 0, 28);
        Files.write(folder.resolve(recording.sid() + ".wav"), wav);
        assertEquals(409, house.get(uri(House.PARENT) + ".mp3").statusCode());
        ended();
        HttpResponse<String> sound = house.get(uri(House.PARENT) + ".mp3");
        assertEquals(200, sound.statusCode(), sound.body());
        assertEquals(Optional.of("audio/mpeg"), sound.headers().firstValue("Content-Type"));
        Path copy = folder.resolve(recording.sid() + ".mp3");
        assertTrue(Mp3File.read(Files.readAllBytes(copy)).values().length >= 8_000);
        assertEquals(
                Optional.of(Long.toString(Files.size(copy))), sound.headers().firstValue("Content-Length"));
        assertEquals(
                206,
                house.send("GET", uri(House.PARENT) + ".mp3", "", "Range", "bytes=0-3")
                        .statusCode());
        assertEquals(404, house.get(uri(House.CHILD) + ".mp3").statusCode());
        assertEquals(204, house.send("DELETE", uri(House.PARENT), "").statusCode());
        assertFalse(Files.exists(copy));
        assertEquals(404, house.get(uri(House.PARENT) + ".mp3").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, RIFF, bytes 0-3/24",
        "bytes=-5, 206, sound, bytes 19-23/24",
        "bytes=19-, 206, sound, bytes 19-23/24",
        "bytes=19-4000, 206, sound, bytes 19-23/24",
        "bytes=24-, 416, '', bytes */24",
        "bytes=-0, 416, '', bytes */24",
        "'bytes=100-199,0-', 200, 'RIFF, and then the sound', ''",
        "'bytes=0-1,3-4', 200, 'RIFF, and then the sound', ''",
        "bytes=4-3, 200, 'RIFF, and then the sound', ''",
        "lines=1-2, 200, 'RIFF, and then the sound', ''",
        "bytes=99999999999999999999-, 200, 'RIFF, and then the sound', ''"
    })
    void aPlayerGetsThePartItAsksFor(String range, int status, String body, String part) {
        // RFC 9110 §14.2, §14.4, §15.3.7, §15.5.17
        ended();
        HttpResponse<String> sound = house.get(uri(House.PARENT) + ".wav", "Range", range);
        assertEquals(status, sound.statusCode());
        assertEquals(body, sound.body());
        assertEquals(part, sound.headers().firstValue("Content-Range").orElse(""));
        assertEquals(Optional.of("bytes"), sound.headers().firstValue("Accept-Ranges"));
    }

    @Test
    void deletedItIsGone() {
        // reliability.md A11: deletion deletes
        ended();
        assertEquals(204, house.send("DELETE", uri(House.PARENT), "").statusCode());
        assertFalse(Files.exists(folder.resolve(recording.sid() + ".wav")));
        assertEquals(404, house.get(uri(House.PARENT)).statusCode());
        assertEquals(404, house.send("DELETE", uri(House.PARENT), "").statusCode());
    }

    @Test
    void whileItRunsItCanBeNeitherHeardNorDeleted() {
        // ADR-0014
        assertEquals(409, house.get(uri(House.PARENT) + ".wav").statusCode());
        assertEquals(409, house.send("DELETE", uri(House.PARENT), "").statusCode());
        assertTrue(Files.exists(folder.resolve(recording.sid() + ".wav")));
        assertEquals(200, house.get(uri(House.PARENT)).statusCode());
    }

    @Test
    void withoutAFileThereIsNoSound() throws IOException {
        // ADR-0014: absent, or deleted by hand
        ended();
        Files.delete(folder.resolve(recording.sid() + ".wav"));
        assertEquals(404, house.get(uri(House.PARENT) + ".wav").statusCode());
    }
}
