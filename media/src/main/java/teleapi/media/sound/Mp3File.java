package teleapi.media.sound;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;
import teleapi.media.SoundException;

/**
 * Reads an MP3 file.
 *
 * <pre>
 * Shape   MPEG 1, 2 and 2.5, layers I to III, any bit rate, also a varying one; two channels are mixed evenly
 * Units   the rate of its first frame
 * Thread  the caller's
 * Errors  SoundException with the reason. Tolerated: ID3 tags before and after, a last frame that is cut off, some frames that are damaged
 * Source  ISO 11172-3, ISO 13818-3; ADR-0006 (JLayer decodes)
 * </pre>
 */
public final class Mp3File {
    /** As much as a WAV may have. */
    private static final int LARGEST = 32 << 20;

    /** 64 MiB: twelve minutes at 44.1 kHz. What is longer is a stream, not a sound. */
    private static final int MOST_SAMPLES = 32 << 20;

    /** A file with more of them is no music, and each is searched for in vain. */
    private static final int MOST_DAMAGED = 50;

    private static final int TAG = 10;

    private final Decoder decoder = new Decoder();
    private short[] samples = new short[1 << 16];
    private int length;
    private int rate;
    private int damaged;

    private Mp3File() {}

    /** Whether it begins as one: with an ID3 tag or the sync word of a frame. */
    public static boolean begins(byte[] file) {
        if (file.length > TAG && file[0] == 'I' && file[1] == 'D' && file[2] == '3') {
            return true;
        }
        // ISO 11172-3 §2.4.2.3: eleven ones, a version that is not 01, a layer that is not 00.
        return file.length > 4
                && (file[0] & 0xff) == 0xff
                && (file[1] & 0xe0) == 0xe0
                && (file[1] & 0x18) != 0x08
                && (file[1] & 0x06) != 0;
    }

    public static Samples read(byte[] file) {
        if (file.length > LARGEST) {
            throw new SoundException("MP3 of " + file.length + " bytes, limit " + LARGEST);
        }
        if (!begins(file)) {
            throw new SoundException("no MP3: it begins with neither a frame nor an ID3 tag");
        }
        return new Mp3File().decode(file);
    }

    private Samples decode(byte[] file) {
        int from = behindTags(file);
        Bitstream frames = new Bitstream(new ByteArrayInputStream(file, from, file.length - from));
        boolean more = true;
        while (more) {
            try {
                more = frame(frames);
            } catch (SoundException refused) {
                throw refused;
            } catch (JavaLayerException | RuntimeException broken) {
                // The library runs out of its tables on frames that lie.
                if (++damaged > MOST_DAMAGED) {
                    throw new SoundException("MP3 has more than " + MOST_DAMAGED + " damaged frames");
                }
                frames.closeFrame();
            }
        }
        if (length == 0) {
            throw new SoundException("MP3 without a frame that can be decoded");
        }
        return new Samples(rate, Arrays.copyOf(samples, length));
    }

    /** False at the end. */
    private boolean frame(Bitstream frames) throws JavaLayerException {
        Header header = frames.readFrame();
        if (header == null) {
            return false;
        }
        if (rate == 0) {
            rate = header.frequency();
        } else if (rate != header.frequency()) {
            throw new SoundException("MP3 changes its rate from " + rate + " to " + header.frequency());
        }
        SampleBuffer decoded = (SampleBuffer) decoder.decodeFrame(header, frames);
        keep(decoded.getBuffer(), decoded.getBufferLength(), decoded.getChannelCount());
        frames.closeFrame();
        return true;
    }

    private void keep(short[] decoded, int count, int channels) {
        int more = count / channels;
        if (length + more > MOST_SAMPLES) {
            throw new SoundException("MP3 of more than " + MOST_SAMPLES / rate + " s");
        }
        if (length + more > samples.length) {
            samples = Arrays.copyOf(samples, Math.min(MOST_SAMPLES, 2 * samples.length));
        }
        for (int i = 0; i < more; i++) {
            int sum = decoded[i * channels];
            samples[length++] = (short) (channels == 1 ? sum : (sum + decoded[i * channels + 1]) / 2);
        }
    }

    /** The library would allot what a tag claims to have. */
    private static int behindTags(byte[] file) {
        int at = 0;
        while (at + TAG <= file.length && file[at] == 'I' && file[at + 1] == 'D' && file[at + 2] == '3') {
            int size = 0;
            for (int i = 6; i < TAG; i++) {
                size = size << 7 | (file[at + i] & 0x7f);
            }
            at = (int) Math.min(file.length, (long) at + TAG + size);
        }
        return at;
    }
}
