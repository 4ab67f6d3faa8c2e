package teleapi.call.records;

import java.time.Instant;
import teleapi.call.Sid;
import teleapi.media.Quality;

/** How well the sound of a call went, as it is kept when the call has ended; of a live call, as of {@code date}. */
public record CallQuality(Sid callSid, Sid accountSid, Instant date, Quality quality) {}
