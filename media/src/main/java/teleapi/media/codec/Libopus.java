package teleapi.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Opus of the system's libopus, called directly.
 *
 * <pre>
 * Shape   each coder has native memory of its own, freed when it is closed; samples and octets are copied to a little more and back, which the
 *         collector frees: closing a shared arena stops all threads, and a loop must not
 * Thread  any; a coder belongs to who asked for it
 * Source  opus.h of libopus 1.3 (API unchanged since 1.1); ADR-0021
 * </pre>
 */
final class Libopus implements Opus {
    /** Middling: a fifth of what Java's needs at its least. */
    private static final int COMPLEXITY = 5;

    private static final int FRAME = 320;
    private static final int APPLICATION_VOIP = 2048;
    private static final int SET_BITRATE = 4002;
    private static final int SET_COMPLEXITY = 4010;
    private static final int SET_INBAND_FEC = 4012;
    private static final int SET_PACKET_LOSS_PERC = 4014;
    private static final int SET_SIGNAL = 4024;
    private static final int SIGNAL_VOICE = 3001;

    /** The functions; constants, so that calls are compiled to calls. Touched only where the library is. */
    @SuppressWarnings("restricted") // native access is given by the launcher
    private static final class Native {
        private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libopus.so.0", Arena.global());
        private static final MethodHandle ENCODER_CREATE =
                function("opus_encoder_create", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        private static final MethodHandle ENCODER_DESTROY =
                function("opus_encoder_destroy", FunctionDescriptor.ofVoid(ADDRESS));
        private static final MethodHandle ENCODE =
                function("opus_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle ENCODER_CTL = function(
                "opus_encoder_ctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle DECODER_CREATE =
                function("opus_decoder_create", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
        private static final MethodHandle DECODER_DESTROY =
                function("opus_decoder_destroy", FunctionDescriptor.ofVoid(ADDRESS));
        private static final MethodHandle DECODE = function(
                "opus_decode",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

        private Native() {}

        private static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
            return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), shape, options);
        }
    }

    private Libopus() {}

    /** Empty where the library is not installed, or is none we can call. */
    static Optional<Libopus> find() {
        try {
            Libopus found = new Libopus();
            found.encoder().close();
            found.decoder().close();
            return Optional.of(found);
        } catch (LinkageError | RuntimeException missing) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "libopus";
    }

    @Override
    public SoundEncoder encoder() {
        return new Encoder();
    }

    @Override
    public SoundDecoder decoder() {
        return new Decoder();
    }

    private static IllegalStateException broken(Throwable cause) {
        return new IllegalStateException("libopus cannot be called", cause);
    }

    private static final class Encoder implements SoundEncoder {
        // Owned by who asked for it.
        private final Arena arena = Arena.ofAuto();
        private final MemorySegment encoder;
        private final MemorySegment sound = arena.allocate(JAVA_SHORT, FRAME);
        private final MemorySegment coded = arena.allocate(LARGEST);

        Encoder() {
            try {
                encoder = (MemorySegment)
                        Native.ENCODER_CREATE.invokeExact(Wideband.RATE, 1, APPLICATION_VOIP, MemorySegment.NULL);
                if (encoder.address() == 0) {
                    throw new IllegalStateException("no Opus encoder could be made");
                }
                set(SET_BITRATE, BITS_PER_SECOND);
                set(SET_COMPLEXITY, COMPLEXITY);
                set(SET_SIGNAL, SIGNAL_VOICE);
                set(SET_INBAND_FEC, 1);
                set(SET_PACKET_LOSS_PERC, EXPECTED_LOSS);
            } catch (RuntimeException | Error wrong) {
                throw wrong;
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
        }

        private void set(int what, int value) throws Throwable {
            int result = (int) Native.ENCODER_CTL.invokeExact(encoder, what, value);
            if (result != 0) {
                throw new IllegalStateException("libopus does not know setting " + what);
            }
        }

        @Override
        public int encode(short[] samples, int from, byte[] octets, int at) {
            MemorySegment.copy(samples, from, sound, JAVA_SHORT, 0, FRAME);
            int length;
            try {
                length = (int) Native.ENCODE.invokeExact(encoder, sound, FRAME, coded, LARGEST);
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
            if (length > 0) {
                MemorySegment.copy(coded, JAVA_BYTE, 0, octets, at, length);
            }
            return Math.max(0, length);
        }

        @Override
        public void close() {
            try {
                Native.ENCODER_DESTROY.invokeExact(encoder);
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
        }
    }

    private static final class Decoder implements SoundDecoder {
        // Owned by who asked for it.
        /** What is longer is no packet of one stream (RFC 6716 §3.4, R2, R5). */
        private static final int LARGEST = 1_500;

        private final Arena arena = Arena.ofAuto();
        private final MemorySegment decoder;
        private final MemorySegment coded = arena.allocate(LARGEST);
        private final MemorySegment sound = arena.allocate(JAVA_SHORT, Wideband.LONGEST);

        Decoder() {
            try {
                decoder = (MemorySegment) Native.DECODER_CREATE.invokeExact(Wideband.RATE, 1, MemorySegment.NULL);
                if (decoder.address() == 0) {
                    throw new IllegalStateException("no Opus decoder could be made");
                }
            } catch (RuntimeException | Error wrong) {
                throw wrong;
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
        }

        @Override
        public int decode(byte[] octets, int from, int count, short[] samples, int at) {
            return decode(octets, from, count, samples, at, Wideband.LONGEST, 0);
        }

        @Override
        public int conceal(byte[] octets, int from, int count, short[] samples, int at, int wanted) {
            return decode(octets, from, count, samples, at, Math.min(wanted, Wideband.LONGEST), 1);
        }

        private int decode(byte[] octets, int from, int count, short[] samples, int at, int most, int before) {
            if (count > LARGEST) {
                return 0;
            }
            MemorySegment.copy(octets, from, coded, JAVA_BYTE, 0, count);
            int length;
            try {
                length = (int) Native.DECODE.invokeExact(decoder, coded, count, sound, most, before);
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
            if (length > 0) {
                MemorySegment.copy(sound, JAVA_SHORT, 0, samples, at, length);
            }
            return Math.max(0, length);
        }

        @Override
        public void close() {
            try {
                Native.DECODER_DESTROY.invokeExact(decoder);
            } catch (Throwable impossible) {
                throw broken(impossible);
            }
        }
    }
}
