package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.dtmf.ToneMeter;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** What is recorded, over real SIP, RTP and HTTP: what is in the file is measured by the parties' tones. */
final class RecordedSoundTest {
    private static final Pattern FILE = Pattern.compile("\"file_uri\":\"([^\"]*)\"");
    private static final int HEADER = 44;
    private static final int FRAME = 160;
    private static final int BEEP = 1_000;

    private final World world = RealWorld.create();
    private final Watch watch = new Watch(
            world,
            new Ladder(
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    false,
                    world.time().nanos()),
            Duration.ofSeconds(20));
    private final Premises premises;
    private final HttpClient http = HttpClient.newHttpClient();

    RecordedSoundTest() throws Exception {
        premises = new Premises(world, watch);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        premises.close();
    }

    private HttpResponse<byte[]> get(String uri) throws Exception {
        String credentials =
                Base64.getEncoder().encodeToString(premises.credentials().getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private void registered(Party client) {
        premises.rest().post("Clients.json", Map.of("Login", client.user(), "Password", "secret"));
        answered(201);
        premises.phone(client).register(premises.sip(), "secret");
        assertEquals(200, watch.phone(client, PhoneEvent.Registered.class).status());
    }

    /** The samples of the only recording there is. */
    private ByteBuffer recorded(String... described) throws Exception {
        String listed =
                new String(get(premises.rest().account() + "/Recordings.json").body(), StandardCharsets.UTF_8);
        for (String what : described) {
            assertTrue(listed.contains(what), listed);
        }
        Matcher file = FILE.matcher(listed);
        assertTrue(file.find(), listed);
        HttpResponse<byte[]> sound =
                get(URI.create(premises.rest().account()).resolve(file.group(1)).toString());
        assertEquals(200, sound.statusCode());
        return ByteBuffer.wrap(sound.body())
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(HEADER)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many frames of a channel of so many have this tone, of 100. */
    private static long percent(ByteBuffer sound, int channels, int channel, int hertz) {
        ToneMeter meter = ToneMeter.of(Party.BOB.tone(), Party.ALICE.tone(), BEEP);
        short[] frame = new short[FRAME];
        int frames = sound.remaining() / (2 * channels * FRAME);
        int has = 0;
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j < FRAME; j++) {
                frame[j] = sound.getShort(2 * (channels * (i * FRAME + j) + channel));
            }
            meter.hear(frame, 0, FRAME);
            has += meter.heard().stream().anyMatch(tone -> Math.round(tone.hertz()) == hertz) ? 1 : 0;
        }
        return 100L * has / Math.max(1, frames);
    }

    @Test
    void eachPartyIsOnItsOwnChannel() throws Exception {
        // restcomm.md 5.2 Dial record, 4.3 Recordings; ADR-0014
        for (Party client : List.of(Party.BOB, Party.ALICE)) {
            registered(client);
        }
        String document = "<Response><Dial record='record-from-answer-dual'><Client>alice</Client></Dial></Response>";
        premises.rest().post("Calls.json", Map.of("To", "client:bob", "From", "+15550001", "Rcml", document));
        for (Party client : List.of(Party.BOB, Party.ALICE)) {
            watch.phone(client, PhoneEvent.Invited.class);
            premises.phone(client).answer();
        }
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));
        premises.phone(Party.ALICE).hangUp();
        // The Dial waits for its file before the document goes on to its end.
        watch.phone(Party.BOB, PhoneEvent.Ended.class);

        ByteBuffer samples = recorded("\"status\":\"completed\"", "\"channels\":2");
        assertTrue(samples.remaining() >= 4 * FRAME * 5, () -> samples.remaining() + " octets of sound");
        long[] bob = {percent(samples, 2, 0, Party.BOB.tone()), percent(samples, 2, 1, Party.BOB.tone())};
        long[] alice = {percent(samples, 2, 0, Party.ALICE.tone()), percent(samples, 2, 1, Party.ALICE.tone())};
        assertTrue(bob[0] > 50 && alice[0] < 10, () -> bob[0] + " % of bob, " + alice[0] + " % of alice");
        assertTrue(alice[1] > 50 && bob[1] < 10, () -> alice[1] + " % of alice, " + bob[1] + " % of bob");
    }

    @Test
    void aMessageHasItsPartyAloneAndNotTheBeep() throws Exception {
        // restcomm.md 5.2 Record; ADR-0014: the beep is heard and is not in the recording.
        registered(Party.BOB);
        String document = "<Response><Record finishOnKey='#'/></Response>";
        premises.rest().post("Calls.json", Map.of("To", "client:bob", "From", "+15550001", "Rcml", document));
        watch.phone(Party.BOB, PhoneEvent.Invited.class);
        premises.phone(Party.BOB).answer();
        watch.hearsRinging(Party.BOB);
        watch.hears(Map.of(Party.BOB, Set.of()));
        watch.look(Duration.ofSeconds(2));
        premises.phone(Party.BOB).press("#");
        watch.phone(Party.BOB, PhoneEvent.Ended.class);

        ByteBuffer samples = recorded("\"status\":\"completed\"", "\"track\":\"inbound\"", "\"source\":\"RecordVerb\"");
        int frames = samples.remaining() / (2 * FRAME);
        assertTrue(frames >= 100 && frames < 250, () -> frames + " frames");
        assertTrue(
                percent(samples, 1, 0, Party.BOB.tone()) > 90, () -> percent(samples, 1, 0, Party.BOB.tone()) + " %");
        assertEquals(0, percent(samples, 1, 0, BEEP));
    }

    @Test
    void aCallThatTheApiRecordsIsKeptButForItsPause() throws Exception {
        // Issue 3, 6: 200 means from the next packet; peers.md 2.5: PauseBehavior=skip leaves the time out
        for (Party client : List.of(Party.BOB, Party.ALICE)) {
            registered(client);
        }
        String document = "<Response><Dial><Client>alice</Client></Dial></Response>";
        premises.rest().post("Calls.json", Map.of("To", "client:bob", "From", "+15550001", "Rcml", document));
        answered(201);
        String call = watch.phone(Party.BOB, PhoneEvent.Invited.class).callSid();
        premises.phone(Party.BOB).answer();
        watch.phone(Party.ALICE, PhoneEvent.Invited.class);
        premises.phone(Party.ALICE).answer();
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));

        String recordings = "Calls/" + call + "/Recordings";
        premises.rest().post(recordings + ".json", Map.of("RecordingChannels", "dual"));
        answered(201);
        watch.look(Duration.ofSeconds(1));
        premises.rest().post(recordings + "/Twilio.CURRENT.json", Map.of("Status", "paused", "PauseBehavior", "skip"));
        answered(200);
        // Whatever of this second were recorded would be silence.
        premises.phone(Party.BOB).talk(false);
        premises.phone(Party.ALICE).talk(false);
        watch.hears(Map.of(Party.BOB, Set.of(), Party.ALICE, Set.of()));
        watch.look(Duration.ofSeconds(1));
        premises.phone(Party.BOB).talk(true);
        premises.phone(Party.ALICE).talk(true);
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));
        premises.rest().post("Calls/" + call + ".json", Map.of("Record", "resume"));
        answered(200);
        watch.look(Duration.ofSeconds(1));
        premises.rest().post(recordings + "/Twilio.CURRENT.json", Map.of("Status", "stopped"));
        answered(200);

        ByteBuffer samples = recorded("\"status\":\"completed\"", "\"source\":\"StartCallRecordingAPI\"");
        int frames = samples.remaining() / (4 * FRAME);
        assertTrue(frames >= 100, () -> frames + " frames");
        long bob = percent(samples, 2, 0, Party.BOB.tone());
        long alice = percent(samples, 2, 1, Party.ALICE.tone());
        assertTrue(bob > 85 && alice > 85, () -> bob + " % of bob, " + alice + " % of alice in " + frames);
        premises.phone(Party.ALICE).hangUp();
        watch.phone(Party.BOB, PhoneEvent.Ended.class);
    }

    private void answered(int status) {
        watch.await(
                "an answer of " + status,
                seen -> seen instanceof Seen.Replied there && there.status() == status
                        ? java.util.Optional.of(there)
                        : java.util.Optional.empty());
    }
}
