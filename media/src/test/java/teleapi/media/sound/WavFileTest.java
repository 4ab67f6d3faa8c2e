package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import teleapi.media.SoundException;
import teleapi.media.codec.G711;

@SuppressWarnings("ByteBufferBackingArray") // all of them are allocated here, whole
final class WavFileTest {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    @Test
    void everyWidthMeansTheSameSound() {
        // RIFF 1.0: 8 bits are unsigned, more are signed little-endian, float has 1.0 as full scale.
        short[] expected = {0, 0x4000, -0x4000};
        assertSamples(expected, PCM, 8, bytes(3).put((byte) 128).put((byte) 192).put((byte) 64));
        assertSamples(
                expected,
                PCM,
                16,
                bytes(6).putShort((short) 0).putShort((short) 0x4000).putShort((short) -0x4000));
        assertSamples(expected, PCM, 24, bytes(9).put(new byte[] {0, 0, 0, 0, 0, 0x40, 0, 0, (byte) 0xc0}));
        assertSamples(expected, PCM, 32, bytes(12).putInt(0).putInt(0x40000000).putInt(-0x40000000));
        assertSamples(expected, FLOAT, 32, bytes(12).putFloat(0).putFloat(0.5f).putFloat(-0.5f));
        assertSamples(expected, FLOAT, 64, bytes(24).putDouble(0).putDouble(0.5).putDouble(-0.5));
        assertSamples(G711.PCMU.decode(new byte[] {1, 2, 3}), MU_LAW, 8, bytes(3).put(new byte[] {1, 2, 3}));
        assertSamples(G711.PCMA.decode(new byte[] {1, 2, 3}), A_LAW, 8, bytes(3).put(new byte[] {1, 2, 3}));
    }

    @Test
    void loudFloatsAreClippedAndNonsenseIsSilence() {
        // IEEE 754 has values that no loudspeaker has.
        ByteBuffer data = bytes(16).putFloat(7).putFloat(-7).putFloat(Float.NaN).putFloat(Float.NEGATIVE_INFINITY);
        assertSamples(new short[] {Short.MAX_VALUE, Short.MIN_VALUE, 0, Short.MIN_VALUE}, FLOAT, 32, data);
    }

    @Test
    void channelsAreMixedToOne() {
        // Sound's contract: several channels are mixed to one; two loud ones do not overflow.
        ByteBuffer data = bytes(12)
                .putShort((short) 100)
                .putShort((short) 300)
                .putShort(Short.MAX_VALUE)
                .putShort(Short.MAX_VALUE)
                .putShort((short) -5)
                .putShort((short) 5);
        byte[] file = wav(chunk("fmt ", format(PCM, 2, 16_000, 16)), chunk("data", data.array()));
        Samples read = WavFile.read(file);
        assertEquals(16_000, read.rate());
        assertArrayEquals(new short[] {200, Short.MAX_VALUE, 0}, read.values());
    }

    @Test
    void theExtensibleFormatIsWhatItsSubformatSays() {
        // WAVE_FORMAT_EXTENSIBLE: the first two bytes of the GUID are the format.
        ByteBuffer format = bytes(40)
                .put(format(0xfffe, 1, 8000, 16))
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4)
                .putShort((short) PCM);
        byte[] data = {1, 0, 2, 0};
        assertArrayEquals(
                new short[] {1, 2},
                WavFile.read(wav(chunk("fmt ", format.array()), chunk("data", data)))
                        .values());
    }

    @Test
    void oddFilesAreRead() {
        // Writers to pipes do not know the length; some forget the padding of odd chunks; other chunks stand anywhere.
        byte[] fmt = chunk("fmt ", format(PCM, 1, 8000, 16));
        byte[] samples = {1, 0, 2, 0};
        byte[] unpadded = bytes(9 + 2)
                .put("LIST".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .put(new byte[] {'a', 'b', 'c'})
                .array();
        byte[] odd = java.util.Arrays.copyOf(unpadded, 11);
        for (byte[][] chunks : new byte[][][] {
            {chunk("LIST", new byte[26]), fmt, chunk("data", samples), chunk("LIST", new byte[4])},
            {chunk("LIST", new byte[] {'a', 'b', 'c', 0}), fmt, chunk("data", samples)},
            {odd, fmt, chunk("data", samples)},
            {odd, new byte[1], fmt, chunk("data", samples)},
            {fmt, claiming("data", 0, samples)},
            {fmt, claiming("data", -1, samples)},
            {fmt, claiming("data", 0x7ffff000, samples)},
        }) {
            assertArrayEquals(new short[] {1, 2}, WavFile.read(wav(chunks)).values());
        }
    }

    @Test
    void saysWhyAFileCannotBePlayed() {
        // SoundException: the message says why.
        byte[] data = chunk("data", new byte[4]);
        assertReason("begin with RIFF", new byte[0]);
        assertReason("begin with RIFF", "<html>not found</html>".getBytes(StandardCharsets.US_ASCII));
        assertReason("without a fmt", wav(data));
        assertReason("without a fmt", wav(chunk("fmt ", new byte[10]), data));
        assertReason("without a data", wav(chunk("fmt ", format(PCM, 1, 8000, 16))));
        assertReason("MP3", wav(chunk("fmt ", format(85, 1, 8000, 16)), data));
        assertReason("12 bits", wav(chunk("fmt ", format(A_LAW, 1, 8000, 12)), data));
        assertReason("4 bits", wav(chunk("fmt ", format(PCM, 1, 8000, 4)), data));
        assertReason("0 channels", wav(chunk("fmt ", format(PCM, 0, 8000, 16)), data));
        assertReason("65535 channels", wav(chunk("fmt ", format(PCM, 65_535, 8000, 16)), data));
        assertReason("3999 Hz", wav(chunk("fmt ", format(PCM, 1, 3999, 16)), data));
        assertReason("4294967295 Hz", wav(chunk("fmt ", format(PCM, 1, -1, 16)), data));
        assertReason("cut short", wav(chunk("fmt ", format(0xfffe, 1, 8000, 16)), data));
        assertReason("limit 1800", wav(chunk("fmt ", format(PCM, 1, 4000, 8)), chunk("data", new byte[4000 * 1801])));
        assertReason("limit 33554432", new byte[(32 << 20) + 1]);
    }

    @Test
    void noBytesMakeItFailOtherwise() {
        // Everything from the network is hostile: SoundException is the only way to fail.
        SplittableRandom chance = new SplittableRandom(1);
        byte[] good =
                wav(chunk("LIST", new byte[7]), chunk("fmt ", format(PCM, 2, 44_100, 24)), chunk("data", new byte[60]));
        int read = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = java.util.Arrays.copyOf(good, good.length - chance.nextInt(8));
            for (int i = 0; i < 4; i++) {
                bytes[12 + chance.nextInt(bytes.length - 12)] = (byte) chance.nextInt();
            }
            try {
                WavFile.read(bytes);
                read++;
            } catch (SoundException refused) {
                assertTrue(String.valueOf(refused.getMessage()).contains("WAV"), refused::toString);
            }
        }
        assertTrue(read > 1_000 && read < 19_000, "some are read, some refused: " + read);
    }

    private static void assertSamples(short[] expected, int format, int bits, ByteBuffer data) {
        byte[] file = wav(chunk("fmt ", format(format, 1, 8000, bits)), chunk("data", data.array()));
        assertArrayEquals(expected, WavFile.read(file).values(), format + "/" + bits);
    }

    private static void assertReason(String part, byte[] file) {
        String message = String.valueOf(
                assertThrows(SoundException.class, () -> WavFile.read(file)).getMessage());
        assertTrue(message.contains(part), message);
    }

    static byte[] format(int format, int channels, int rate, int bits) {
        int frame = channels * ((bits + 7) / 8);
        return bytes(16)
                .putShort((short) format)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * frame)
                .putShort((short) frame)
                .putShort((short) bits)
                .array();
    }

    static byte[] chunk(String name, byte[] content) {
        return claiming(name, content.length, content);
    }

    private static byte[] claiming(String name, int size, byte[] content) {
        return bytes(8 + content.length + (content.length & 1))
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put(content)
                .array();
    }

    static byte[] wav(byte[]... chunks) {
        int size = 4;
        for (byte[] chunk : chunks) {
            size += chunk.length;
        }
        ByteBuffer file = bytes(8 + size)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            file.put(chunk);
        }
        return file.array();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
