package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.SoundException;

/** One library writes, the other reads: neither knows the other. */
final class Mp3FileTest {
    @TempDir
    private Path folder;

    private byte[] mp3(int rate, int channels) throws IOException {
        Path wav = folder.resolve("a.wav");
        Files.write(wav, wav(rate, channels));
        Path mp3 = folder.resolve("a.mp3");
        Mp3Copy.make(wav, mp3);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(wav, mp3), files.sorted((a, b) -> b.compareTo(a)).toList(), "nothing is left behind");
        }
        return Files.readAllBytes(mp3);
    }

    /** Two seconds of 440 Hz, and in a second channel silence. */
    private static byte[] wav(int rate, int channels) {
        int bytes = 2 * rate * channels * 2;
        var file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
        file.putShort((short) (channels * 2)).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; i < 2 * rate; i++) {
            file.putShort((short) Math.round(10_000 * Math.sin(2 * Math.PI * 440 * i / rate)));
            for (int other = 1; other < channels; other++) {
                file.putShort((short) 0);
            }
        }
        return file.array();
    }

    /** How loud 440 Hz is in the second second, and how loud all of it is. */
    private static double[] levels(Samples sound) {
        double sine = 0;
        double cosine = 0;
        double all = 0;
        int from = sound.rate() / 2;
        int count = sound.rate();
        for (int i = from; i < from + count; i++) {
            double angle = 2 * Math.PI * 440 * i / sound.rate();
            sine += sound.values()[i] * Math.sin(angle);
            cosine += sound.values()[i] * Math.cos(angle);
            all += (double) sound.values()[i] * sound.values()[i];
        }
        return new double[] {2 * Math.hypot(sine, cosine) / count, Math.sqrt(2 * all / count)};
    }

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        // issue 4, 4: media as WAV and MP3
        for (int channels : new int[] {1, 2}) {
            byte[] mp3 = mp3(8_000, channels);
            assertTrue(Mp3File.begins(mp3));
            Samples read = Mp3File.read(mp3);
            assertEquals(8_000, read.rate());
            assertEquals(16_000, read.values().length, 3_000);
            double[] levels = levels(read);
            assertEquals(10_000.0 / channels, levels[0], 1_000);
            assertEquals(levels[0], levels[1], 300, "and nothing else");
        }
    }

    @Test
    void tagsAreSkippedWhateverTheyClaim() throws IOException {
        // id3.org, ID3v2.3 §3.1: four bytes of seven bits
        byte[] plain = mp3(16_000, 1);
        byte[] tagged = new byte[plain.length + 10 + 300];
        System.arraycopy("ID3\3\0\0\0\0\2\54".getBytes(StandardCharsets.ISO_8859_1), 0, tagged, 0, 10);
        System.arraycopy(plain, 0, tagged, 310, plain.length);
        assertEquals(Mp3File.read(plain).values().length, Mp3File.read(tagged).values().length);
        byte[] liar = "ID3\3\0\0\177\177\177\177 and no more".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(Mp3File.begins(liar));
        assertThrows(SoundException.class, () -> Mp3File.read(liar));
    }

    @Test
    void whatIsCutOffIsHeardAsFarAsItGoes() throws IOException {
        // a download that ended early
        byte[] mp3 = mp3(8_000, 1);
        Samples half = Mp3File.read(java.util.Arrays.copyOf(mp3, mp3.length / 2));
        assertEquals(8_000, half.values().length, 3_000);
    }

    @Test
    void hostileFilesAreRefusedOrHeardAndNeverMore() throws IOException {
        // reliability.md A4: nothing but a SoundException, and not for ever
        byte[] mp3 = mp3(8_000, 2);
        Random random = new Random(4);
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            byte[] hostile = mp3.clone();
            for (int flips = 1 << random.nextInt(10); flips > 0; flips--) {
                hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            }
            try {
                int length = Mp3File.read(hostile).values().length;
                assertTrue(length > 0 && length < 100_000, "round " + round + ": " + length);
            } catch (SoundException expected) {
                refused++;
            }
        }
        assertTrue(refused < 200, "every one was refused: nothing was tried");
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        noise[0] = (byte) 0xff;
        noise[1] = (byte) 0xfb;
        try {
            assertTrue(Mp3File.read(noise).values().length < 1 << 20);
        } catch (SoundException alsoGood) {
            assertFalse(String.valueOf(alsoGood.getMessage()).isEmpty());
        }
    }

    @Test
    void whatIsNoMp3SaysSo() {
        // its first bytes decide
        for (String text : new String[] {"", "RIFF", "<html>none</html>", "ID3"}) {
            byte[] file = text.getBytes(StandardCharsets.US_ASCII);
            assertFalse(Mp3File.begins(file));
            assertThrows(SoundException.class, () -> Mp3File.read(file));
        }
    }
}
