package teleapi.sip.registrar;

import teleapi.sip.Contact;

/**
 * One contact of an address of record.
 *
 * @param callId of the REGISTER that set it, and its {@code sequence}: they keep an old one from undoing a new one
 * @param expires when it ends, on the scale of {@link teleapi.runtime.Time#nanos}
 */
public record Binding(Contact contact, String callId, long sequence, long expires) {}
