package teleapi.lab.demo;

/**
 * How long after the request a phone heard the new sound: until the first packet that had it.
 *
 * @param change what was asked for
 */
record Latency(String change, Party at, long nanos) {
    String millis() {
        return String.format(java.util.Locale.ROOT, "%.0f ms", nanos / 1e6);
    }
}
