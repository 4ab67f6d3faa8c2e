package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.Sid;
import teleapi.call.directory.QueueSettings;

/** A document can name any queue; how many an account gets by it. */
final class ManyQueuesTest {
    @ParameterizedTest
    @CsvSource({
        "<Enqueue action=\"/after\">one more</Enqueue>, 999, '', ''",
        "<Enqueue action=\"/after\">one more</Enqueue>, 1000, QueueResult, error",
        "<Enqueue>one more</Enqueue><Redirect>/after</Redirect>, 1000, CallStatus, in-progress",
        "<Enqueue action=\"/after\">queue 7</Enqueue>, 1000, '', ''",
        "<Dial action=\"/after\"><Queue>one more</Queue></Dial>, 1000, DialCallStatus, failed",
        "<Dial action=\"/after\"><Queue>queue 7</Queue></Dial>, 1000, '', ''",
    })
    void anAccountHasAThousandQueuesAndNotOneMore(String document, int many, String parameter, String told)
            throws IOException {
        // STYLE "Input": nothing is unbounded; docs/errors.md 29443
        try (StreamTalk talk = new StreamTalk(1, document, (line, said) -> {})) {
            var now = talk.world.time().now();
            for (int i = 0; i < many; i++) {
                Sid sid = Sid.fresh(Sid.QUEUE, talk.world);
                talk.house.memory.queues.put(
                        sid, new QueueSettings(sid, talk.house.account.sid(), "queue " + i, 10, now, now));
            }
            talk.begin().run(2_000);
            boolean refused = !parameter.isEmpty();
            assertEquals(
                    refused ? List.of(told) : List.of(),
                    talk.asked("/after").stream()
                            .map(ask -> ask.parameters().get(parameter))
                            .toList());
            assertEquals(refused ? List.of(QueueSettings.TOO_MANY) : List.of(), talk.codes());
            assertEquals(QueueSettings.MOST, talk.house.memory.queues.size());
            talk.end();
        }
    }
}
