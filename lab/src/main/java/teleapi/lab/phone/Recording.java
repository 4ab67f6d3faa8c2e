package teleapi.lab.phone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import teleapi.runtime.Published;

/**
 * What a phone has heard, as a WAV file: 8 kHz, 16 bit, mono. Where nothing came there is silence, so that it lasts as long as the call did.
 *
 * <pre>
 * Thread  heard: the phone's loop. save: any, once the phone is quiet
 * </pre>
 */
public final class Recording implements Ear {
    // Owner: the phone's loop.

    private static final int RATE = 8_000;

    /** An hour. What is longer is cut. */
    private static final int LONGEST = 3_600 * RATE;

    /** A packet may be late by so much and still follow the one before without a gap. */
    private static final int LATE = RATE / 10;

    private record Sofar(short[] samples, int length) {}

    private final Published<Sofar> kept = new Published<>(new Sofar(new short[0], 0));
    private short[] samples = new short[60 * RATE];
    private int length;
    private long began;

    @Override
    public void heard(short[] heard, int count, long nanos) {
        if (length == 0) {
            began = nanos;
        }
        long due = (nanos - began) * RATE / 1_000_000_000L;
        int from = due - length > LATE ? (int) Math.min(due, LONGEST) : length;
        int end = Math.min(from + count, LONGEST);
        if (end > samples.length) {
            samples = Arrays.copyOf(samples, Math.min(LONGEST, end * 2));
        }
        if (end > from) {
            System.arraycopy(heard, 0, samples, from, end - from);
            length = end;
            kept.set(new Sofar(samples, length));
        }
    }

    /** Writes the file; answers how many seconds it lasts. */
    public double save(Path file) throws IOException {
        Sofar sofar = kept.get();
        int bytes = sofar.length() * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(RATE)
                .putInt(RATE * 2)
                .putShort((short) 2)
                .putShort((short) 16);
        wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; i < sofar.length(); i++) {
            wav.putShort(sofar.samples()[i]);
        }
        Files.write(file, wav.array());
        return (double) sofar.length() / RATE;
    }
}
