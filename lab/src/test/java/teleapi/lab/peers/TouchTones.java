package teleapi.lab.peers;

/** Keys as tones, written from ITU-T Q.23 a second time: a fault in the product's own must not cancel itself out. */
final class TouchTones {
    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1209, 1336, 1477, 1633};

    private static final int ON = 800;
    private static final int OFF = 800;

    /** Each a little louder than -18 dBFS. */
    private static final double LOUDNESS = 4_500;

    private TouchTones() {}

    /** One after the other, each for 100 ms with as much silence before it; at 8 kHz. */
    static short[] of(String keys) {
        short[] samples = new short[keys.length() * (ON + OFF)];
        for (int k = 0; k < keys.length(); k++) {
            int key = KEYS.indexOf(keys.charAt(k));
            for (int i = 0; i < ON; i++) {
                double low = Math.sin(2 * Math.PI * ROWS[key / 4] * i / 8_000);
                double high = Math.sin(2 * Math.PI * COLUMNS[key % 4] * i / 8_000);
                samples[k * (ON + OFF) + OFF + i] = (short) (LOUDNESS * (low + high));
            }
        }
        return samples;
    }
}
