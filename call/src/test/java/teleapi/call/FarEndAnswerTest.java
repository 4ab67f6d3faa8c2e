package teleapi.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import teleapi.sip.message.Header;

final class FarEndAnswerTest {
    @Test
    void theActionIsToldTheXHeadersOfTheAnswer() {
        // reference/restcomm.md 5.4: after a Sip dial also DialSipCallId, DialSipResponseCode, DialSipHeader_X-…
        var answer = new FarEndAnswer(
                "a@b",
                486,
                List.of(new Header("Server", "a phone"), new Header("X-Why", "lunch"), new Header("x-till", "2")));
        assertEquals(
                Map.of(
                        "DialSipCallId", "a@b",
                        "DialSipResponseCode", "486",
                        "DialSipHeader_X-Why", "lunch",
                        "DialSipHeader_x-till", "2"),
                answer.parameters());
    }

    @Test
    void noMoreOfThemThanOfAnInviteThatComesIn() {
        // STYLE.md "Input": nothing is unbounded
        var many = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(number -> new Header("X-" + number, "a"))
                .toList();
        assertEquals(
                Reception.MOST_X_HEADERS,
                new FarEndAnswer("a@b", 200, many).headers().size());
    }
}
