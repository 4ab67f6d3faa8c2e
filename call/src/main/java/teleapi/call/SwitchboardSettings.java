package teleapi.call;

import java.util.Optional;
import teleapi.sip.SipSettings;

/**
 * How a switchboard stands in the network.
 *
 * @param trunk where numbers go; without one a call to a number fails
 */
public record SwitchboardSettings(SipSettings sip, Optional<Trunk> trunk) {}
