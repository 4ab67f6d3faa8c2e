package teleapi.lab.phone;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A phone.
 *
 * @param name its user name
 * @param bind where its SIP is; port 0: any
 * @param tone what it says, in Hz: a multiple of 50, so that a frame of 20 ms has whole waves; 0: it sends no RTP
 * @param partyTones the tones it listens for, at least 100 Hz apart; none: it listens for any tone, more slowly
 */
public record PhoneSettings(String name, InetSocketAddress bind, int tone, List<Integer> partyTones) {
    public PhoneSettings {
        partyTones = List.copyOf(partyTones);
        if (tone % 50 != 0) {
            throw new IllegalArgumentException("tone of " + name + " is no multiple of 50 Hz: " + tone);
        }
    }
}
