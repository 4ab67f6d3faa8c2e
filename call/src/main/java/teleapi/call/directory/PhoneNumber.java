package teleapi.call.directory;

import java.time.Instant;
import teleapi.call.Sid;

/**
 * A number of an account that can be called (IncomingPhoneNumbers).
 *
 * @param phoneNumber E.164 with +, or the user part of a SIP URI, as dialled
 */
public record PhoneNumber(
        Sid sid,
        Sid accountSid,
        String phoneNumber,
        String friendlyName,
        VoiceSettings voice,
        MessageSettings sms,
        Instant dateCreated,
        Instant dateUpdated) {}
