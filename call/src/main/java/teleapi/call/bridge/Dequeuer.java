package teleapi.call.bridge;

import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.NewDocument;

/**
 * A call that dials a queue.
 *
 * @param request its own number for this Dial, so that what comes for an earlier one is recognised
 * @param document what the one who has waited hears before it is joined
 */
public record Dequeuer(Call call, long request, Optional<NewDocument.Fetch> document) {}
