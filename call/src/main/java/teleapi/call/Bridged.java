package teleapi.call;

import teleapi.sip.message.Replaces;

/**
 * That a call is connected to another one.
 *
 * @param dialog that of its own party, as a Replaces which is sent to us names it
 */
public record Bridged(Call other, Replaces dialog) {}
