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

/** A Dial that is recorded, over real SIP, RTP and HTTP: what is in the file is measured by the parties' tones. */
final class DialRecordingTest {
    private static final Pattern FILE = Pattern.compile("\"file_uri\":\"([^\"]*)\"");
    private static final int HEADER = 44;
    private static final int FRAME = 160;

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

    DialRecordingTest() throws Exception {
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
        watch.await(
                "an answer of the REST API",
                seen -> seen instanceof Seen.Replied there && there.status() == 201
                        ? java.util.Optional.of(there)
                        : java.util.Optional.empty());
        premises.phone(client).register(premises.sip(), "secret");
        assertEquals(200, watch.phone(client, PhoneEvent.Registered.class).status());
    }

    /** How many frames of a channel have this tone, of 100. */
    private static long percent(ByteBuffer sound, int channel, Party party) {
        ToneMeter meter = ToneMeter.of(Party.BOB.tone(), Party.ALICE.tone());
        short[] frame = new short[FRAME];
        int frames = sound.remaining() / (4 * FRAME);
        int has = 0;
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j < FRAME; j++) {
                frame[j] = sound.getShort(sound.position() + 4 * (i * FRAME + j) + 2 * channel);
            }
            meter.hear(frame, 0, FRAME);
            has += meter.heard().stream().anyMatch(tone -> Math.round(tone.hertz()) == party.tone()) ? 1 : 0;
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

        String listed =
                new String(get(premises.rest().account() + "/Recordings.json").body(), StandardCharsets.UTF_8);
        assertTrue(listed.contains("\"status\":\"completed\"") && listed.contains("\"channels\":2"), listed);
        Matcher file = FILE.matcher(listed);
        assertTrue(file.find(), listed);
        HttpResponse<byte[]> sound =
                get(URI.create(premises.rest().account()).resolve(file.group(1)).toString());
        assertEquals(200, sound.statusCode());
        ByteBuffer samples =
                ByteBuffer.wrap(sound.body()).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        assertTrue(samples.remaining() >= 4 * FRAME * 5, () -> samples.remaining() + " octets of sound");
        assertTrue(percent(samples, 0, Party.BOB) > 50, () -> percent(samples, 0, Party.BOB) + " % of bob");
        assertTrue(percent(samples, 0, Party.ALICE) < 10, () -> percent(samples, 0, Party.ALICE) + " % of alice");
        assertTrue(percent(samples, 1, Party.ALICE) > 50, () -> percent(samples, 1, Party.ALICE) + " % of alice");
        assertTrue(percent(samples, 1, Party.BOB) < 10, () -> percent(samples, 1, Party.BOB) + " % of bob");
    }
}
