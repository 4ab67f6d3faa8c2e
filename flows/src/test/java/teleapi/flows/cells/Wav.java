package teleapi.flows.cells;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import teleapi.media.Sound;

/** The sounds that the application has: a second of each tone, as RIFF, PCM, 16 bit, mono, 8 kHz. */
public final class Wav {
    private Wav() {}

    /** The file at this path; of an unknown one, silence. */
    public static byte[] at(String path) {
        Sound sound = Sound.silence(Duration.ofSeconds(1));
        for (Tone tone : Tone.values()) {
            if (path.endsWith(tone.file())) {
                sound = Sound.tone(tone.hertz(), Duration.ofSeconds(1), -15);
            }
        }
        return of(sound);
    }

    /** A file of this sound. */
    public static byte[] of(Sound sound) {
        int length = 2 * sound.length();
        ByteBuffer file = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        for (short sample : sound.samples()) {
            file.putShort(sample);
        }
        return file.array();
    }
}
