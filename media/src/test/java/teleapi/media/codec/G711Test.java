package teleapi.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class G711Test {
    @Test
    void decodedValuesAreThoseOfTheStandard() {
        // ITU-T G.711 tables 1a, 1b, 2a, 2b (column 8, scaled to 16 bits): ends, zeros and the first step of each
        // segment.
        int[][] mu = {
            {0xff, 0},
            {0x7f, 0},
            {0xfe, 8},
            {0x80, 32124},
            {0x00, -32124},
            {0xf0, 120},
            {0xef, 132},
            {0xdf, 396},
            {0xcf, 924},
            {0xbf, 1980},
            {0xaf, 4092},
            {0x9f, 8316},
            {0x8f, 16764}
        };
        for (int[] row : mu) {
            assertEquals(row[1], G711.PCMU.decode((byte) row[0]), () -> "mu " + row[0]);
        }
        int[][] a = {
            {0xd5, 8},
            {0x55, -8},
            {0xaa, 32256},
            {0x2a, -32256},
            {0xc5, 264},
            {0xf5, 528},
            {0xe5, 1056},
            {0x95, 2112},
            {0x85, 4224},
            {0xb5, 8448},
            {0xa5, 16896}
        };
        for (int[] row : a) {
            assertEquals(row[1], G711.PCMA.decode((byte) row[0]), () -> "A " + row[0]);
        }
    }

    @Test
    void everyOctetSurvivesDecodingAndEncoding() {
        // ITU-T G.711: the decoded value lies inside its own decision interval; µ-law's negative zero is positive zero
        // once it is linear.
        for (int octet = 0; octet < 256; octet++) {
            byte one = (byte) octet;
            byte mu = G711.PCMU.encode(G711.PCMU.decode(one));
            assertEquals(octet == 0x7f ? (byte) 0xff : one, mu);
            assertEquals(one, G711.PCMA.encode(G711.PCMA.decode(one)));
        }
    }

    @Test
    void segmentsBeginWhereTheStandardSays() {
        // ITU-T G.711 tables 1a and 2a: decision values between two segments (column 5), and the value from there up
        // (column 8).
        int[][] mu = {{31, 33}, {95, 99}, {223, 231}, {479, 495}, {991, 1023}, {2015, 2079}, {4063, 4191}};
        for (int[] row : mu) {
            assertEquals(4 * row[1], G711.PCMU.decode(G711.PCMU.encode((short) (4 * row[0]))));
            assertTrue(G711.PCMU.decode(G711.PCMU.encode((short) (4 * row[0] - 1))) < 4 * row[0]);
        }
        int[][] a = {{32, 33}, {64, 66}, {128, 132}, {256, 264}, {512, 528}, {1024, 1056}, {2048, 2112}};
        for (int[] row : a) {
            assertEquals(8 * row[1], G711.PCMA.decode(G711.PCMA.encode((short) (8 * row[0]))));
            assertTrue(G711.PCMA.decode(G711.PCMA.encode((short) (8 * row[0] - 1))) < 8 * row[0]);
        }
    }

    @Test
    void louderIsNeverCodedAsSofter() {
        // ITU-T G.711 §3: both laws are monotonic, over the whole range and with clipping at its ends.
        for (G711 law : G711.values()) {
            int last = Integer.MIN_VALUE;
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                int value = law.decode(law.encode((short) sample));
                assertTrue(value >= last, law + " " + sample);
                last = value;
            }
        }
    }

    @Test
    void silenceIsZeroOrTheLeastThereIs() {
        // RFC 3551 §4.5.14: positive zero is 0xff (µ) and 0xd5 (A).
        assertEquals(0, G711.PCMU.decode(G711.PCMU.silence()));
        assertEquals(8, G711.PCMA.decode(G711.PCMA.silence()));
        assertEquals(G711.PCMU.silence(), G711.PCMU.encode((short) 0));
        assertEquals(G711.PCMA.silence(), G711.PCMA.encode((short) 0));
    }

    @Test
    void theOtherLawSaysTheSame() {
        // ITU-T G.711 §3.5: conversion goes by way of the linear value.
        byte[] octets = new byte[256];
        for (int octet = 0; octet < 256; octet++) {
            octets[octet] = (byte) octet;
        }
        for (G711 law : G711.values()) {
            byte[] expected = law.other().encode(law.decode(octets));
            byte[] others = octets.clone();
            law.toOther(others, 0, others, 0, others.length);
            assertArrayEquals(expected, others);
        }
        assertEquals(G711.PCMA.silence(), G711.PCMU.toOther(G711.PCMU.silence()));
    }

    @Test
    void placesInTheArraysAreKept() {
        // G711's contract: reads count from `from`, writes at `at`, nothing else.
        short[] samples = {1, 2, 1000, -1000, 3};
        byte[] octets = new byte[6];
        G711.PCMU.encode(samples, 2, octets, 3, 2);
        assertArrayEquals(
                new byte[] {0, 0, 0, G711.PCMU.encode((short) 1000), G711.PCMU.encode((short) -1000), 0}, octets);
    }
}
