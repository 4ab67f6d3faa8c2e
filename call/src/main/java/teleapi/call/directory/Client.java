package teleapi.call.directory;

import java.time.Instant;
import teleapi.call.Sid;

/** A phone or browser of an account that registers with digest. The password is a secret: not in {@link #toString}. */
public record Client(
        Sid sid,
        Sid accountSid,
        String login,
        String password,
        String friendlyName,
        VoiceSettings voice,
        Instant dateCreated,
        Instant dateUpdated) {
    @Override
    public String toString() {
        return "Client[" + sid + " " + login + "]";
    }
}
