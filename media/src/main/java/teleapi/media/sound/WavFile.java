package teleapi.media.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import teleapi.media.SoundException;
import teleapi.media.codec.G711;

/**
 * Reads a WAV file.
 *
 * <pre>
 * Shape   PCM 8 (unsigned), 16, 24, 32 bit, float 32 and 64, A-law, µ-law; WAVE_FORMAT_EXTENSIBLE of these; up to 32 channels, mixed evenly
 * Units   rates from 4 to 192 kHz, kept as they are
 * Thread  the caller's; one reader per file
 * Errors  SoundException with the reason. Tolerated, because writers to pipes do it: a data chunk that claims to be longer than the file
 *         or empty; odd chunks without their padding
 * Source  Microsoft/IBM RIFF 1.0, RFC 2361
 * </pre>
 */
public final class WavFile {
    /** Five and a half minutes at 48 kHz, more than an hour at 8 kHz: prompts and hold music are smaller. */
    private static final int LARGEST = 32 << 20;

    private static final int LONGEST_SECONDS = 1800;
    private static final int MOST_CHANNELS = 32;
    private static final int LOWEST_RATE = 4_000;
    private static final int HIGHEST_RATE = 192_000;

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    private static final int RIFF = tag("RIFF");
    private static final int WAVE = tag("WAVE");
    private static final int FMT = tag("fmt ");
    private static final int DATA = tag("data");

    private final ByteBuffer file;

    private int formatAt = -1;
    private int formatSize;
    private int dataAt = -1;
    private int dataSize;

    private WavFile(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static Samples read(byte[] file) {
        if (file.length > LARGEST) {
            throw new SoundException("WAV of " + file.length + " bytes, limit " + LARGEST);
        }
        return new WavFile(file).read();
    }

    private Samples read() {
        if (file.limit() < 12 || file.getInt(0) != RIFF || file.getInt(8) != WAVE) {
            throw new SoundException("no WAV: it does not begin with RIFF and WAVE");
        }
        findChunks();
        if (formatAt < 0 || formatSize < 16) {
            throw new SoundException("WAV without a fmt chunk");
        }
        if (dataAt < 0) {
            throw new SoundException("WAV without a data chunk");
        }
        return decode();
    }

    private void findChunks() {
        int at = 12;
        while (at <= file.limit() - 8) {
            int name = file.getInt(at);
            long claimed = Integer.toUnsignedLong(file.getInt(at + 4));
            int left = file.limit() - at - 8;
            int size = (int) Math.min(claimed, left);
            if (name == FMT && formatAt < 0) {
                formatAt = at + 8;
                formatSize = size;
            } else if (name == DATA && dataAt < 0) {
                // A writer that cannot seek leaves 0 in place of a length it did not know.
                size = claimed == 0 && !isChunk(at + 8) ? left : size;
                dataAt = at + 8;
                dataSize = size;
            }
            at += 8 + size;
            if ((size & 1) == 1 && (isChunk(at + 1) || !isChunk(at))) {
                at++;
            }
        }
    }

    private boolean isChunk(int at) {
        if (at < 0 || at > file.limit() - 8) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (file.get(at + i) < ' ' || file.get(at + i) > '~') {
                return false;
            }
        }
        return true;
    }

    private Samples decode() {
        int format = file.getChar(formatAt);
        int channels = file.getChar(formatAt + 2);
        int rate = file.getInt(formatAt + 4);
        int bits = file.getChar(formatAt + 14);
        if (format == EXTENSIBLE) {
            if (formatSize < 40) {
                throw new SoundException("WAV with an extensible format cut short");
            }
            format = file.getChar(formatAt + 24);
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new SoundException("WAV of " + channels + " channels, limit " + MOST_CHANNELS);
        }
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new SoundException("WAV of " + Integer.toUnsignedString(rate) + " Hz; " + LOWEST_RATE + " to "
                    + HIGHEST_RATE + " can be played");
        }
        int width = width(format, bits);
        int frames = dataSize / (width * channels);
        if (frames > (long) rate * LONGEST_SECONDS) {
            throw new SoundException("WAV of " + frames / rate + " s, limit " + LONGEST_SECONDS);
        }
        short[] mono = new short[frames];
        int at = dataAt;
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample(format, width, at);
                at += width;
            }
            mono[i] = Samples.clipped(sum / channels);
        }
        return new Samples(rate, mono);
    }

    /** Bytes of a sample; 20 bits, say, are stored in 3 bytes, left-justified. */
    private static int width(int format, int bits) {
        boolean known = switch (format) {
            case PCM -> bits >= 8 && bits <= 32;
            case FLOAT -> bits == 32 || bits == 64;
            case A_LAW, MU_LAW -> bits == 8;
            default ->
                throw new SoundException("WAV in format " + format + (format == 85 ? " (MP3)" : "")
                        + "; PCM, float, A-law and µ-law can be played");
        };
        if (!known) {
            throw new SoundException("WAV in format " + format + " with " + bits + " bits a sample");
        }
        return (bits + 7) / 8;
    }

    /** On the scale of 16 bits. */
    private double sample(int format, int width, int at) {
        return switch (format) {
            case A_LAW -> G711.PCMA.decode(file.get(at));
            case MU_LAW -> G711.PCMU.decode(file.get(at));
            case FLOAT -> finite((width == 4 ? file.getFloat(at) : file.getDouble(at)) * 32_768);
            default ->
                switch (width) {
                    case 1 -> ((file.get(at) & 0xff) - 128) * 256;
                    case 2 -> file.getShort(at);
                    case 3 -> ((file.get(at) & 0xff) | file.getShort(at + 1) << 8) / 256.0;
                    default -> file.getInt(at) / 65_536.0;
                };
        };
    }

    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -65_536.0, 65_536.0);
    }

    private static int tag(String four) {
        return four.charAt(0) | four.charAt(1) << 8 | four.charAt(2) << 16 | four.charAt(3) << 24;
    }
}
