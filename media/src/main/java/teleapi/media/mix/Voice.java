package teleapi.media.mix;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.SoundDecoder;
import teleapi.media.codec.Wideband;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.RtpPacket;
import teleapi.media.rtp.Timeline;
import teleapi.media.sound.Concealment;
import teleapi.media.sound.Doubler;
import teleapi.media.sound.Halver;

/**
 * What one peer says, packet by packet: as it came, and decoded once somebody wants the samples. G.711 that is passed on is never decoded here.
 *
 * <p>Samples come with what makes up for a gap before them, if one was found to be a loss: {@link #madeUp} of them, which lie before
 * {@link #time}. A packet that is late has no samples, unless it is the very next of those that were decoded: its place was made up for.
 *
 * <pre>
 * Shape   the octets and samples are the scratch's, and overwritten with the next packet of anyone
 * Units   time and lengths in 1/8000 s; wide samples at 16 kHz are twice as many
 * Thread  the media loop's
 * </pre>
 */
final class Voice {
    // Owned by the thread of the media loop.

    /** After more than that the stream goes on without what is lost. 60 ms. */
    private static final int LONGEST_GAP = 480;

    /** Opus has frames of multiples of 2.5 ms; so long are gaps, in samples of 16 kHz. */
    private static final int GRAIN = 40;

    private static final int NANOS_PER_UNIT = 125_000;
    private static final long LONGEST_PAUSE = 3_600_000_000_000L;

    private final Scratch scratch;
    private final Timeline timeline = new Timeline();
    private Codec codec = G711.PCMU;
    private int count;
    private int time;
    private boolean afterLoss;
    private boolean newest;
    private boolean setBack;
    private boolean stretchBegins;
    // Of the newest that came: when, how long it sounds, and at which time.
    private long newestAt = Long.MIN_VALUE;
    private int newestLength;
    private int newestTime;

    // Kept: who changes its codec with each packet must not cost memory.
    private final Map<Wideband, SoundDecoder> decoders = new EnumMap<>(Wideband.class);
    private @Nullable Concealment narrowConcealment;
    private @Nullable Concealment wideConcealment;
    private @Nullable Doubler doubler;
    private @Nullable Halver halver;
    private boolean decodedBefore;
    private int nextTime;

    // Of this packet.
    private boolean decoded;
    private boolean converted;
    private int madeUp;
    private int length;

    Voice(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * The packet's payload is in the scratch's octets; false: when that was is not known any more.
     *
     * @param last nothing that was sent after it has come
     */
    boolean came(Codec spoken, RtpPacket packet, boolean missing, boolean last, long now) {
        if (spoken.clockRate() != codec.clockRate()) {
            if (!last) {
                return false;
            }
            timeline.clock(spoken.clockRate());
            setBack(packet, now);
        }
        if (spoken != codec) {
            codec = spoken;
            forget();
        }
        count = packet.payloadLength();
        time = timeline.time(packet.timestamp());
        afterLoss = missing;
        newest = last;
        decoded = false;
        converted = false;
        stretchBegins = setBack;
        setBack = false;
        if (newest) {
            newestAt = now;
            newestLength = units() * Timeline.RATE / codec.clockRate();
            newestTime = time;
        }
        return true;
    }

    /** The peer's clock was set back, or is another one, before this packet, which has still to come: the sound goes on where it was, as much later as it is later. */
    void setBack(RtpPacket packet, long now) {
        if (newestAt != Long.MIN_VALUE) {
            long elapsed = Math.clamp(now - newestAt, 0, LONGEST_PAUSE) / NANOS_PER_UNIT;
            timeline.set(packet.timestamp(), newestTime + (int) Math.max(newestLength, elapsed));
            setBack = true;
        }
    }

    /** Whether its timestamps do not go on from those before. */
    boolean stretchBegins() {
        return stretchBegins;
    }

    /** Whether nothing that was sent after it has come. */
    boolean newest() {
        return newest;
    }

    Codec codec() {
        return codec;
    }

    boolean wide() {
        return codec instanceof Wideband;
    }

    byte[] octets() {
        return scratch.octets;
    }

    /** Of octets. */
    int count() {
        return count;
    }

    int time() {
        return time;
    }

    /** The time of an event beside the sound. */
    int timeOf(RtpPacket event) {
        return timeline.time(event.timestamp());
    }

    /** How long it sounds, in steps of its clock. */
    int units() {
        return units(codec, scratch.octets, count);
    }

    private static int units(Codec spoken, byte[] octets, int count) {
        return switch (spoken) {
            case G711 law -> count;
            case Wideband wide -> wide.samplesIn(octets, 0, count) * (wide.clockRate() / 8_000) / 2;
        };
    }

    long nanos() {
        return nanos(codec, scratch.octets, count);
    }

    /** How long this sounds. */
    static long nanos(Codec spoken, byte[] octets, int count) {
        return units(spoken, octets, count) * 1_000_000_000L / spoken.clockRate();
    }

    /** How many samples of 8 kHz there are, with those made up; to be asked after {@link #narrow} or {@link #wideSamples}. */
    int length() {
        return length;
    }

    /** How many of them, at the beginning, make up for what is lost. */
    int madeUp() {
        return madeUp;
    }

    /** At 8 kHz. */
    short[] narrow() {
        decode();
        if (wide() && !converted) {
            converted = true;
            Halver known = halver == null ? new Halver(Scratch.SAMPLES) : halver;
            halver = known;
            known.next(scratch.wide, 0, 2 * length, scratch.narrow, 0);
        }
        return scratch.narrow;
    }

    /** At 16 kHz: twice {@link #length}. */
    short[] wideSamples() {
        decode();
        if (!wide() && !converted) {
            converted = true;
            Doubler known = doubler == null ? new Doubler(Scratch.SAMPLES) : doubler;
            doubler = known;
            known.next(scratch.narrow, 0, length, scratch.wide, 0);
        }
        return scratch.wide;
    }

    /** At the rate it has. */
    void putInto(JitterBuffer buffer) {
        switch (codec) {
            case G711 law -> buffer.put(law, scratch.octets, count, time, afterLoss);
            case Wideband wide -> {
                decode();
                buffer.put(true, scratch.wide, madeUp, length - madeUp, time, afterLoss);
            }
        }
    }

    /** At 8 kHz. */
    void putNarrowInto(JitterBuffer buffer) {
        switch (codec) {
            case G711 law -> buffer.put(law, scratch.octets, count, time, afterLoss);
            case Wideband wide -> {
                narrow();
                buffer.put(false, scratch.narrow, madeUp, length - madeUp, time, afterLoss);
            }
        }
    }

    private void decode() {
        if (decoded) {
            return;
        }
        decoded = true;
        madeUp = 0;
        length = 0;
        int gap = decodedBefore ? time - nextTime : 0;
        if (!newest && (gap != 0 || !decodedBefore)) {
            return;
        }
        int wanted = afterLoss && gap > 0 && gap <= LONGEST_GAP ? gap : 0;
        if (gap != wanted) {
            forgetFilters();
        }
        switch (codec) {
            case G711 law -> decode(law, wanted);
            case Wideband wide -> decode(wide, wanted);
        }
        decodedBefore = true;
        nextTime = time + length - madeUp;
    }

    /** Nothing was said before: it is neither gone on with nor made up from. */
    void forget() {
        decodedBefore = false;
        if (narrowConcealment != null) {
            narrowConcealment.forget();
        }
        if (wideConcealment != null) {
            wideConcealment.forget();
        }
        forgetFilters();
    }

    /** Nobody wanted what was between, or there was nothing: no filter has heard it. */
    private void forgetFilters() {
        if (doubler != null) {
            doubler.forget();
        }
        if (halver != null) {
            halver.forget();
        }
    }

    private void decode(G711 law, int wanted) {
        Concealment known = narrowConcealment == null ? new Concealment(8_000) : narrowConcealment;
        narrowConcealment = known;
        if (wanted > 0) {
            known.make(scratch.narrow, 0, wanted);
        }
        law.decode(scratch.octets, 0, scratch.narrow, wanted, count);
        known.hear(scratch.narrow, wanted, count);
        madeUp = wanted;
        length = wanted + count;
    }

    private void decode(Wideband wide, int wanted) {
        SoundDecoder known = decoder(wide);
        Concealment own = wideConcealment == null ? new Concealment(Wideband.RATE) : wideConcealment;
        wideConcealment = own;
        int missing = 2 * wanted / GRAIN * GRAIN;
        int made = missing == 0 ? 0 : known.conceal(scratch.octets, 0, count, scratch.wide, 0, missing);
        boolean itself = made > 0;
        if (missing > 0 && !itself) {
            own.make(scratch.wide, 0, missing);
            made = missing;
        }
        int samples = wide.samplesIn(scratch.octets, 0, count) == 0
                ? 0
                : known.decode(scratch.octets, 0, count, scratch.wide, made) / 2 * 2;
        own.hear(scratch.wide, itself ? 0 : made, itself ? made + samples : samples);
        madeUp = made / 2;
        length = (made + samples) / 2;
    }

    private SoundDecoder decoder(Wideband wide) {
        SoundDecoder known = decoders.get(wide);
        if (known == null) {
            known = wide.decoder();
            decoders.put(wide, known);
        }
        return known;
    }

    /** Frees the decoders. */
    void close() {
        decoders.values().forEach(SoundDecoder::close);
        decoders.clear();
    }
}
