package teleapi.store;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.KeptAnswer;

/**
 * A row of {@code request_keys}.
 *
 * @param ended whether its work has ended, with an answer or, when there is none, in a way that nobody knows
 */
record RequestRecord(
        Sid sid, Sid account, String request, boolean ended, Instant dateCreated, Optional<KeptAnswer> answer) {}
