package teleapi.lab.phone;

import teleapi.sip.SipTrace;

/**
 * What is plugged into a phone.
 *
 * @param voice what it says
 * @param ear who gets what it hears
 * @param trace who watches its SIP messages
 */
public record PhoneGear(Voice voice, Ear ear, SipTrace trace) {
    /** A phone that says its tone; without one it sends no RTP. */
    public static PhoneGear plain(PhoneSettings settings) {
        return new PhoneGear(
                settings.tone() == 0 ? Voice.NOBODY : Voice.tone(settings.tone()), Ear.NONE, SipTrace.NONE);
    }

    public PhoneGear with(SipTrace watcher) {
        return new PhoneGear(voice, ear, watcher);
    }
}
