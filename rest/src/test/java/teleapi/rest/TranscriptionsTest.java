package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.TranscriptionRecord;

/** Transcriptions by REST, over real HTTP. */
final class TranscriptionsTest {
    private static final Sid RECORDING = new Sid("RE" + "0".repeat(32));
    private static final Sid TRANSCRIPTION = new Sid("GT" + "0".repeat(32));
    private static final String BASE = House.nativeBase(House.PARENT);

    @TempDir
    Path folder = Path.of("");

    private House house = new House();

    @BeforeEach
    void aTranscriptionThatIsMade() {
        house.close();
        house = new House(folder);
        Sid call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS).sid();
        house.memory.recordings.write(RecordingRecord.begun(
                        RECORDING, House.PARENT, call, Optional.empty(), 1, "inbound", "RecordVerb", Instant.EPOCH)
                .ended(Instant.EPOCH, Duration.ofMillis(1_020), true));
        house.memory.transcriptions.write(new TranscriptionRecord(
                TRANSCRIPTION,
                House.PARENT,
                call,
                RECORDING,
                TranscriptionRecord.Status.IN_PROGRESS,
                Instant.EPOCH,
                Instant.EPOCH,
                Duration.ofMillis(1_020),
                "",
                0));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void completed() {
        TranscriptionRecord begun =
                house.memory.transcriptions.find(House.PARENT, TRANSCRIPTION).orElseThrow();
        house.memory.transcriptions.write(
                begun.ended(TranscriptionRecord.Status.COMPLETED, "call me back", Instant.EPOCH));
    }

    @Test
    void itIsListedAndDescribed() {
        // restcomm.md 4.4: status, recording_sid, duration, transcription_text
        completed();
        for (String list : new String[] {"/Transcriptions.json", "/Recordings/" + RECORDING + "/Transcriptions.json"}) {
            JsonNode page = House.json(house.get(BASE + list)).get("transcriptions");
            assertEquals(1, page.size());
            assertEquals(TRANSCRIPTION.text(), page.get(0).get("sid").asText());
        }
        JsonNode one = House.json(house.get(BASE + "/Transcriptions/" + TRANSCRIPTION + ".json"));
        assertEquals("completed", one.get("status").asText());
        assertEquals("call me back", one.get("transcription_text").asText());
        assertEquals("2", one.get("duration").asText());
        assertEquals(RECORDING.text(), one.get("recording_sid").asText());
    }

    @Test
    void whatIsNotTheAccountsIsNotThere() {
        // reliability.md A11: another account's is none, for whoever may use both
        assertEquals(
                404,
                house.get(House.nativeBase(House.CHILD) + "/Transcriptions/" + TRANSCRIPTION)
                        .statusCode());
        assertEquals(
                404,
                house.get(House.nativeBase(House.CHILD) + "/Recordings/" + RECORDING + "/Transcriptions")
                        .statusCode());
        assertEquals(404, house.get(BASE + "/Transcriptions/GT1").statusCode());
    }

    @Test
    void itIsDeletedOnceItIsMade() {
        // reliability.md A11: deletion deletes, the text of what was said too
        String uri = BASE + "/Transcriptions/" + TRANSCRIPTION;
        assertEquals(409, house.send("DELETE", uri, "").statusCode());
        completed();
        assertEquals(204, house.send("DELETE", uri, "").statusCode());
        assertEquals(404, house.get(uri).statusCode());
    }
}
