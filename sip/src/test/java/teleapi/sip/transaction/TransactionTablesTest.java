package teleapi.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Each figure of RFC 3261 §17 and RFC 6026 as the complete table of state and input: one line per pair, nothing left out. */
final class TransactionTablesTest {
    @Test
    void theInviteClientFollowsItsFigureOverUdp() {
        // RFC 3261 §17.1.1 figure 5, RFC 6026 §7.2
        assertEquals(
                lines("""
                    CALLING PROVISIONAL PROCEEDING STOP_A STOP_B TELL
                    CALLING SUCCESS ACCEPTED STOP_A SET_M TELL
                    CALLING REFUSAL COMPLETED STOP_A SET_D SEND_ACK TELL
                    CALLING TIMER_A CALLING SEND SET_A
                    CALLING TIMER_B TERMINATED TELL_TIMEOUT
                    CALLING TIMER_D CALLING
                    CALLING TIMER_M CALLING
                    CALLING TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    PROCEEDING PROVISIONAL PROCEEDING TELL
                    PROCEEDING SUCCESS ACCEPTED STOP_A SET_M TELL
                    PROCEEDING REFUSAL COMPLETED STOP_A SET_D SEND_ACK TELL
                    PROCEEDING TIMER_A PROCEEDING
                    PROCEEDING TIMER_B PROCEEDING
                    PROCEEDING TIMER_D PROCEEDING
                    PROCEEDING TIMER_M PROCEEDING
                    PROCEEDING TRANSPORT_ERROR PROCEEDING
                    ACCEPTED PROVISIONAL ACCEPTED
                    ACCEPTED SUCCESS ACCEPTED TELL
                    ACCEPTED REFUSAL ACCEPTED
                    ACCEPTED TIMER_A ACCEPTED
                    ACCEPTED TIMER_B ACCEPTED
                    ACCEPTED TIMER_D ACCEPTED
                    ACCEPTED TIMER_M TERMINATED
                    ACCEPTED TRANSPORT_ERROR ACCEPTED
                    COMPLETED PROVISIONAL COMPLETED
                    COMPLETED SUCCESS COMPLETED
                    COMPLETED REFUSAL COMPLETED SEND_ACK
                    COMPLETED TIMER_A COMPLETED
                    COMPLETED TIMER_B COMPLETED
                    COMPLETED TIMER_D TERMINATED
                    COMPLETED TIMER_M COMPLETED
                    COMPLETED TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    TERMINATED PROVISIONAL TERMINATED
                    TERMINATED SUCCESS TERMINATED
                    TERMINATED REFUSAL TERMINATED
                    TERMINATED TIMER_A TERMINATED
                    TERMINATED TIMER_B TERMINATED
                    TERMINATED TIMER_D TERMINATED
                    TERMINATED TIMER_M TERMINATED
                    TERMINATED TRANSPORT_ERROR TERMINATED
                    """),
                table(
                        InviteClient.State.values(),
                        InviteClient.Input.values(),
                        (s, i) -> InviteClient.on(s, i, false)));
        assertEquals("CALLING SEND SET_A SET_B", shown(InviteClient.start(false)));
    }

    @Test
    void theInviteClientDiffersOverTcpOnlyInRetransmissionAndLinger() {
        // RFC 3261 §17.1.1.2: no timer A, timer D zero
        assertEquals(
                List.of("CALLING REFUSAL TERMINATED SEND_ACK TELL", "PROCEEDING REFUSAL TERMINATED SEND_ACK TELL"),
                differences(
                        table(
                                InviteClient.State.values(),
                                InviteClient.Input.values(),
                                (s, i) -> InviteClient.on(s, i, false)),
                        table(
                                InviteClient.State.values(),
                                InviteClient.Input.values(),
                                (s, i) -> InviteClient.on(s, i, true))));
        assertEquals("CALLING SEND SET_B", shown(InviteClient.start(true)));
    }

    @Test
    void theInviteServerFollowsItsFigureOverUdp() {
        // RFC 3261 §17.2.1 figure 7, RFC 6026 §7.1, §8.5
        assertEquals(
                lines("""
                    PROCEEDING INVITE PROCEEDING SEND
                    PROCEEDING ACK PROCEEDING
                    PROCEEDING TU_PROVISIONAL PROCEEDING SEND
                    PROCEEDING TU_SUCCESS ACCEPTED SEND SET_L
                    PROCEEDING TU_REFUSAL COMPLETED SEND SET_G SET_H
                    PROCEEDING TIMER_G PROCEEDING
                    PROCEEDING TIMER_H PROCEEDING
                    PROCEEDING TIMER_I PROCEEDING
                    PROCEEDING TIMER_L PROCEEDING
                    PROCEEDING TRANSPORT_ERROR PROCEEDING TELL_UNREACHABLE
                    ACCEPTED INVITE ACCEPTED
                    ACCEPTED ACK ACCEPTED TELL
                    ACCEPTED TU_PROVISIONAL ACCEPTED
                    ACCEPTED TU_SUCCESS ACCEPTED SEND
                    ACCEPTED TU_REFUSAL ACCEPTED
                    ACCEPTED TIMER_G ACCEPTED
                    ACCEPTED TIMER_H ACCEPTED
                    ACCEPTED TIMER_I ACCEPTED
                    ACCEPTED TIMER_L TERMINATED
                    ACCEPTED TRANSPORT_ERROR ACCEPTED TELL_UNREACHABLE
                    COMPLETED INVITE COMPLETED SEND
                    COMPLETED ACK CONFIRMED STOP_G SET_I
                    COMPLETED TU_PROVISIONAL COMPLETED
                    COMPLETED TU_SUCCESS COMPLETED
                    COMPLETED TU_REFUSAL COMPLETED
                    COMPLETED TIMER_G COMPLETED SEND SET_G
                    COMPLETED TIMER_H TERMINATED TELL_TIMEOUT
                    COMPLETED TIMER_I COMPLETED
                    COMPLETED TIMER_L COMPLETED
                    COMPLETED TRANSPORT_ERROR COMPLETED TELL_UNREACHABLE
                    CONFIRMED INVITE CONFIRMED
                    CONFIRMED ACK CONFIRMED
                    CONFIRMED TU_PROVISIONAL CONFIRMED
                    CONFIRMED TU_SUCCESS CONFIRMED
                    CONFIRMED TU_REFUSAL CONFIRMED
                    CONFIRMED TIMER_G CONFIRMED
                    CONFIRMED TIMER_H CONFIRMED
                    CONFIRMED TIMER_I TERMINATED
                    CONFIRMED TIMER_L CONFIRMED
                    CONFIRMED TRANSPORT_ERROR CONFIRMED
                    TERMINATED INVITE TERMINATED
                    TERMINATED ACK TERMINATED
                    TERMINATED TU_PROVISIONAL TERMINATED
                    TERMINATED TU_SUCCESS TERMINATED
                    TERMINATED TU_REFUSAL TERMINATED
                    TERMINATED TIMER_G TERMINATED
                    TERMINATED TIMER_H TERMINATED
                    TERMINATED TIMER_I TERMINATED
                    TERMINATED TIMER_L TERMINATED
                    TERMINATED TRANSPORT_ERROR TERMINATED
                    """),
                table(
                        InviteServer.State.values(),
                        InviteServer.Input.values(),
                        (s, i) -> InviteServer.on(s, i, false)));
        assertEquals("PROCEEDING", shown(InviteServer.start()));
    }

    @Test
    void theInviteServerDiffersOverTcpOnlyInRetransmissionAndLinger() {
        // RFC 3261 §17.2.1: no timer G, timer I zero
        assertEquals(
                List.of("PROCEEDING TU_REFUSAL COMPLETED SEND SET_H", "COMPLETED ACK TERMINATED"),
                differences(
                        table(
                                InviteServer.State.values(),
                                InviteServer.Input.values(),
                                (s, i) -> InviteServer.on(s, i, false)),
                        table(
                                InviteServer.State.values(),
                                InviteServer.Input.values(),
                                (s, i) -> InviteServer.on(s, i, true))));
    }

    @Test
    void theRequestClientFollowsItsFigureOverUdp() {
        // RFC 3261 §17.1.2 figure 6
        assertEquals(
                lines("""
                    TRYING PROVISIONAL PROCEEDING TELL
                    TRYING FINAL COMPLETED STOP_E SET_K TELL
                    TRYING TIMER_E TRYING SEND SET_E
                    TRYING TIMER_F TERMINATED TELL_TIMEOUT
                    TRYING TIMER_K TRYING
                    TRYING TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    PROCEEDING PROVISIONAL PROCEEDING TELL
                    PROCEEDING FINAL COMPLETED STOP_E SET_K TELL
                    PROCEEDING TIMER_E PROCEEDING SEND SET_E_SLOW
                    PROCEEDING TIMER_F TERMINATED TELL_TIMEOUT
                    PROCEEDING TIMER_K PROCEEDING
                    PROCEEDING TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    COMPLETED PROVISIONAL COMPLETED
                    COMPLETED FINAL COMPLETED
                    COMPLETED TIMER_E COMPLETED
                    COMPLETED TIMER_F COMPLETED
                    COMPLETED TIMER_K TERMINATED
                    COMPLETED TRANSPORT_ERROR COMPLETED
                    TERMINATED PROVISIONAL TERMINATED
                    TERMINATED FINAL TERMINATED
                    TERMINATED TIMER_E TERMINATED
                    TERMINATED TIMER_F TERMINATED
                    TERMINATED TIMER_K TERMINATED
                    TERMINATED TRANSPORT_ERROR TERMINATED
                    """),
                table(
                        RequestClient.State.values(),
                        RequestClient.Input.values(),
                        (s, i) -> RequestClient.on(s, i, false)));
        assertEquals("TRYING SEND SET_E SET_F", shown(RequestClient.start(false)));
    }

    @Test
    void theRequestClientDiffersOverTcpOnlyInRetransmissionAndLinger() {
        // RFC 3261 §17.1.2.2: no timer E, timer K zero
        assertEquals(
                List.of("TRYING FINAL TERMINATED TELL", "PROCEEDING FINAL TERMINATED TELL"),
                differences(
                        table(
                                RequestClient.State.values(),
                                RequestClient.Input.values(),
                                (s, i) -> RequestClient.on(s, i, false)),
                        table(
                                RequestClient.State.values(),
                                RequestClient.Input.values(),
                                (s, i) -> RequestClient.on(s, i, true))));
        assertEquals("TRYING SEND SET_F", shown(RequestClient.start(true)));
    }

    @Test
    void theRequestServerFollowsItsFigureOverUdp() {
        // RFC 3261 §17.2.2 figure 8
        assertEquals(
                lines("""
                    TRYING REQUEST TRYING
                    TRYING TU_PROVISIONAL PROCEEDING SEND
                    TRYING TU_FINAL COMPLETED SEND SET_J
                    TRYING TIMER_J TRYING
                    TRYING TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    PROCEEDING REQUEST PROCEEDING SEND
                    PROCEEDING TU_PROVISIONAL PROCEEDING SEND
                    PROCEEDING TU_FINAL COMPLETED SEND SET_J
                    PROCEEDING TIMER_J PROCEEDING
                    PROCEEDING TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    COMPLETED REQUEST COMPLETED SEND
                    COMPLETED TU_PROVISIONAL COMPLETED
                    COMPLETED TU_FINAL COMPLETED
                    COMPLETED TIMER_J TERMINATED
                    COMPLETED TRANSPORT_ERROR TERMINATED TELL_UNREACHABLE
                    TERMINATED REQUEST TERMINATED
                    TERMINATED TU_PROVISIONAL TERMINATED
                    TERMINATED TU_FINAL TERMINATED
                    TERMINATED TIMER_J TERMINATED
                    TERMINATED TRANSPORT_ERROR TERMINATED
                    """),
                table(
                        RequestServer.State.values(),
                        RequestServer.Input.values(),
                        (s, i) -> RequestServer.on(s, i, false)));
        assertEquals("TRYING", shown(RequestServer.start()));
    }

    @Test
    void theRequestServerDiffersOverTcpOnlyInLinger() {
        // RFC 3261 §17.2.2: timer J zero
        assertEquals(
                List.of("TRYING TU_FINAL TERMINATED SEND", "PROCEEDING TU_FINAL TERMINATED SEND"),
                differences(
                        table(
                                RequestServer.State.values(),
                                RequestServer.Input.values(),
                                (s, i) -> RequestServer.on(s, i, false)),
                        table(
                                RequestServer.State.values(),
                                RequestServer.Input.values(),
                                (s, i) -> RequestServer.on(s, i, true))));
    }

    private static <S, I> List<String> table(S[] states, I[] inputs, BiFunction<S, I, Step<S>> machine) {
        List<String> table = new ArrayList<>();
        for (S state : states) {
            for (I input : inputs) {
                table.add(state + " " + input + " " + shown(machine.apply(state, input)));
            }
        }
        return table;
    }

    private static String shown(Step<?> step) {
        StringBuilder shown = new StringBuilder(String.valueOf(step.next()));
        step.outputs().forEach(output -> shown.append(' ').append(output));
        return shown.toString();
    }

    private static List<String> lines(String text) {
        return text.strip().lines().toList();
    }

    private static List<String> differences(List<String> one, List<String> other) {
        List<String> differences = new ArrayList<>(other);
        differences.removeAll(one);
        return differences;
    }
}
