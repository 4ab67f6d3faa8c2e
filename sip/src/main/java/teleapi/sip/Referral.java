package teleapi.sip;

import java.util.Optional;
import teleapi.sip.message.Replaces;

/**
 * What a REFER asks: that whoever gets it calls somebody, or takes the place of one end of another dialog.
 *
 * @param target the Refer-To URI, without headers
 * @param replaces the dialog whose other end is to be connected
 * @param fromItsClient whether the dialog is one with a client of ours, and this came from where that client has proved itself
 * @param digest the client whose digest came with it, for one that came from somewhere else
 */
public record Referral(SipUri target, Optional<Replaces> replaces, boolean fromItsClient, Optional<String> digest) {}
