package teleapi.call.bridge;

import java.time.Instant;
import teleapi.call.Sid;

/** One who waits in a queue, and since when. */
public record QueueMember(Sid callSid, Instant since) {}
