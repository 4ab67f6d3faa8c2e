package teleapi.call.bridge;

import java.util.Optional;
import java.util.function.Consumer;
import teleapi.call.Call;
import teleapi.call.Sid;

/** What can lie in a queue's mailbox. */
sealed interface QueueMessage {
    /** A call wants to wait in it, if fewer than {@code most} do. */
    record Enter(Call call, int most) implements QueueMessage {}

    /** A call waits no more, or does not want to any more; {@code result} as its action is told. */
    record Leave(Sid call, String result) implements QueueMessage {}

    /** A call wants to be joined to who has waited longest. */
    record Ask(Dequeuer by) implements QueueMessage {}

    /** Somebody wants to take out one by the API, {@code wanted} or the first; {@code told} must only post. */
    record Reserve(Optional<Sid> wanted, Consumer<Optional<Reservation>> told) implements QueueMessage {}

    /** Nothing came of a reservation; of no effect if there has been a later one. */
    record Release(Sid call, long reservation) implements QueueMessage {}

    /** Its Dial is over; {@code joined} is the bridge in which it found one. */
    record GiveUp(Sid call, long request, Optional<Sid> joined) implements QueueMessage {}
}
