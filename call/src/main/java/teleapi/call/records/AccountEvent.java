package teleapi.call.records;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.runtime.World;

/**
 * Something that whoever listens to an account should know.
 *
 * @param number grows by one per account, without gaps; 0 until it is kept
 * @param what a status, an outcome, or the word of a conference callback: participant-join
 * @param values by name in snake_case; neither digits nor secrets (reference/reliability.md M8)
 */
public record AccountEvent(
        long number,
        Sid sid,
        Sid accountSid,
        Instant time,
        Topic topic,
        String what,
        Optional<Sid> callSid,
        Map<String, String> values) {
    public AccountEvent {
        values = Map.copyOf(values);
    }

    /** What it is about. */
    public enum Topic {
        CALL("call"),
        MODIFICATION("modification"),
        CONFERENCE("conference"),
        QUEUE("queue"),
        MEDIA("media"),
        MESSAGE("message"),
        NOTIFICATION("notification");

        private final String text;

        Topic(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public static Optional<Topic> of(String text) {
            for (Topic topic : values()) {
                if (topic.text.equals(text)) {
                    return Optional.of(topic);
                }
            }
            return Optional.empty();
        }
    }

    /** One that happens now. */
    public static AccountEvent now(
            World world, Sid account, Topic topic, String what, Optional<Sid> call, Map<String, String> values) {
        return new AccountEvent(
                0, Sid.fresh(Sid.EVENT, world), account, world.time().now(), topic, what, call, values);
    }

    public AccountEvent numbered(long next) {
        return new AccountEvent(next, sid, accountSid, time, topic, what, callSid, values);
    }
}
