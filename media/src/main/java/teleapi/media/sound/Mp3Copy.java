package teleapi.media.sound;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.sound.sampled.AudioFormat;

/**
 * Makes an MP3 of a recording.
 *
 * <pre>
 * Shape   32 kbit/s and channel at 8 kHz, a quarter of its WAV, in a file of its own that is there whole or not at all
 * Thread  the caller's, for about a thousandth of the recording's length (measured: Mp3Benchmark)
 * Errors  IOException; nothing is left behind
 * Source  ISO 13818-3; ADR-0006 (jump3r encodes)
 * </pre>
 */
public final class Mp3Copy {
    private static final int HEADER = 44;
    private static final int KILOBITS = 32;

    private Mp3Copy() {}

    /** From one of our own WAV files. */
    public static void make(Path wav, Path mp3) throws IOException {
        Path part = Files.createTempFile(mp3.toAbsolutePath().getParent(), "part", ".tmp");
        try {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(wav));
                    OutputStream out = Files.newOutputStream(part)) {
                encode(in, out);
            }
            Files.move(part, mp3, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void encode(InputStream in, OutputStream out) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new IOException("a WAV of " + header.length + " bytes");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int channels = fields.getShort(22);
        int rate = fields.getInt(24);
        int most = channels == 1 ? LameEncoder.CHANNEL_MODE_MONO : LameEncoder.CHANNEL_MODE_STEREO;
        LameEncoder lame = new LameEncoder(
                new AudioFormat(rate, 16, channels, true, false),
                channels * KILOBITS,
                most,
                LameEncoder.QUALITY_LOWEST,
                false);
        try {
            byte[] coded = new byte[lame.getOutputBufferSize()];
            byte[] block = in.readNBytes(lame.getInputBufferSize());
            while (block.length > 0) {
                out.write(coded, 0, lame.encodeBuffer(block, 0, block.length, coded));
                block = in.readNBytes(lame.getInputBufferSize());
            }
            out.write(coded, 0, lame.encodeFinish(coded));
        } finally {
            lame.close();
        }
    }
}
