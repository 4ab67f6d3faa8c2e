package teleapi.runtime.real;

/**
 * What a world has given out and not got back; a server that has ended all its calls shows the numbers it had before the first.
 *
 * @param datagramPorts bound and not closed
 * @param streams opened or accepted, and not gone
 * @param listeners bound and not closed
 * @param loops made and not ended
 * @param threads begun with {@link RealWorld#start} and not ended
 */
public record Live(int datagramPorts, int streams, int listeners, int loops, int threads) {
    public static final Live NOTHING = new Live(0, 0, 0, 0, 0);

    public boolean nothing() {
        return equals(NOTHING);
    }
}
