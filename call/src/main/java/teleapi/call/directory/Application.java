package teleapi.call.directory;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/** A document's URL under a name, to be shared by numbers and clients. */
public record Application(
        Sid sid,
        Sid accountSid,
        String friendlyName,
        Optional<String> rcmlUrl,
        Instant dateCreated,
        Instant dateUpdated) {}
