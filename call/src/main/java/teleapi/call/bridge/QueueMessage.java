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

    /** Somebody wants to take out the first by the API; {@code told} must only post. */
    record Front(Consumer<Optional<QueueMember>> told) implements QueueMessage {}

    /** Its Dial is over; {@code joined} is the bridge in which it found one. */
    record GiveUp(Sid call, long request, Optional<Sid> joined) implements QueueMessage {}
}
