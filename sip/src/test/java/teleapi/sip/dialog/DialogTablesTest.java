package teleapi.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three machines of a dialog as complete tables: what changes something, line by line; every other pair changes nothing. */
final class DialogTablesTest {
    @Test
    void theCallerFollowsItsTable() {
        // RFC 3261 §9.1, §13.2.2, §15.1; RFC 5407 §3
        List<String> expected = lines("""
            CALLING PROVISIONAL PROCEEDING TELL_PROGRESSED
            CALLING SUCCESS CONFIRMED SEND_ACK TELL_ANSWERED
            CALLING REFUSAL ENDED TELL_REFUSED
            CALLING FAILURE ENDED TELL_REFUSED
            CALLING HANG_UP HUNG_UP TELL_CANCELED
            HUNG_UP PROVISIONAL CANCELED SEND_CANCEL SET_CANCEL_LIMIT
            HUNG_UP SUCCESS ENDING SEND_ACK SEND_BYE
            HUNG_UP REFUSAL ENDED
            HUNG_UP FAILURE ENDED
            PROCEEDING PROVISIONAL PROCEEDING TELL_PROGRESSED
            PROCEEDING SUCCESS CONFIRMED SEND_ACK TELL_ANSWERED
            PROCEEDING REFUSAL ENDED TELL_REFUSED
            PROCEEDING FAILURE ENDED TELL_REFUSED
            PROCEEDING HANG_UP CANCELED SEND_CANCEL SET_CANCEL_LIMIT TELL_CANCELED
            PROCEEDING PEER_BYE CANCELED SEND_CANCEL SET_CANCEL_LIMIT TELL_GONE
            CANCELED SUCCESS ENDING STOP_CANCEL_LIMIT SEND_ACK SEND_BYE
            CANCELED REFUSAL ENDED STOP_CANCEL_LIMIT
            CANCELED FAILURE ENDED STOP_CANCEL_LIMIT
            CANCELED CANCEL_LIMIT ENDED DROP_INVITE
            CONFIRMED SUCCESS CONFIRMED SEND_ACK
            CONFIRMED HANG_UP ENDING SEND_BYE TELL_ENDED_BY_US
            CONFIRMED PEER_BYE ENDED TELL_ENDED_BY_PEER
            CONFIRMED BROKEN ENDING SEND_BYE TELL_ENDED_BY_FAILURE
            ENDING SUCCESS ENDING SEND_ACK
            ENDING BYE_DONE ENDED
            ENDED SUCCESS ENDED SEND_ACK
            """);
        List<String> table = new ArrayList<>();
        for (Caller.State state : Caller.State.values()) {
            for (Caller.Input input : Caller.Input.values()) {
                Caller.Step step = Caller.on(state, input);
                add(table, state, input, step.next(), step.outputs());
            }
        }
        assertEquals(expected, table);
    }

    @Test
    void theCalleeFollowsItsTable() {
        // RFC 3261 §9.2, §13.3.1, §15; RFC 5407 §3
        List<String> expected = lines("""
            RINGING PROGRESS RINGING SEND_PROGRESS
            RINGING ANSWER ANSWERED SEND_ANSWER
            RINGING REFUSE ENDED SEND_REFUSAL TELL_ENDED_BY_US
            RINGING HANG_UP ENDED SEND_DECLINE TELL_ENDED_BY_US
            RINGING PEER_CANCEL ENDED SEND_TERMINATED TELL_CANCELED
            RINGING PEER_BYE ENDED SEND_TERMINATED TELL_CANCELED
            RINGING BROKEN ENDED SEND_TERMINATED TELL_ENDED_BY_FAILURE
            ANSWERED HANG_UP LEAVING TELL_ENDED_BY_US
            ANSWERED PEER_BYE ENDED STOP_ANSWER TELL_ENDED_BY_PEER
            ANSWERED ACK CONFIRMED STOP_ANSWER TELL_ACKNOWLEDGED
            ANSWERED ACK_LIMIT ENDING STOP_ANSWER SEND_BYE TELL_ENDED_BY_FAILURE
            ANSWERED BROKEN LEAVING TELL_ENDED_BY_FAILURE
            LEAVING PEER_BYE ENDED STOP_ANSWER
            LEAVING ACK ENDING STOP_ANSWER SEND_BYE
            LEAVING ACK_LIMIT ENDING STOP_ANSWER SEND_BYE
            CONFIRMED HANG_UP ENDING SEND_BYE TELL_ENDED_BY_US
            CONFIRMED PEER_BYE ENDED TELL_ENDED_BY_PEER
            CONFIRMED BROKEN ENDING SEND_BYE TELL_ENDED_BY_FAILURE
            ENDING BYE_DONE ENDED
            """);
        List<String> table = new ArrayList<>();
        for (Callee.State state : Callee.State.values()) {
            for (Callee.Input input : Callee.Input.values()) {
                Callee.Step step = Callee.on(state, input);
                add(table, state, input, step.next(), step.outputs());
            }
        }
        assertEquals(expected, table);
    }

    @Test
    void offersInsideADialogFollowTheirTable() {
        // RFC 3261 §14, RFC 3311 §5.2, RFC 5407 §3.1.4, §3.3
        List<String> expected = lines("""
            IDLE MODIFY OURS SEND_INVITE
            IDLE PEER_INVITE THEIRS TELL_OFFERED
            IDLE PEER_UPDATE UPDATE TELL_OFFERED
            OURS MODIFY OURS KEEP
            OURS SUCCESS IDLE TELL_MODIFIED NEXT
            OURS REFUSAL IDLE TELL_MODIFY_REFUSED NEXT
            OURS PENDING GLARE SET_RETRY
            OURS PEER_INVITE OURS SEND_PENDING
            OURS PEER_UPDATE OURS SEND_PENDING
            GLARE MODIFY GLARE KEEP
            GLARE RETRY OURS SEND_INVITE
            GLARE PEER_INVITE THEIRS STOP_RETRY TELL_OFFERED
            GLARE PEER_UPDATE UPDATE STOP_RETRY TELL_OFFERED
            THEIRS MODIFY THEIRS KEEP
            THEIRS PEER_INVITE THEIRS SEND_OVERLAP
            THEIRS PEER_UPDATE THEIRS SEND_OVERLAP
            THEIRS PEER_CANCEL IDLE SEND_TERMINATED NEXT
            THEIRS ACCEPT THEIRS_ANSWERED SEND_ANSWER
            THEIRS REFUSE IDLE SEND_REFUSAL NEXT
            THEIRS_ANSWERED MODIFY THEIRS_ANSWERED KEEP
            THEIRS_ANSWERED PEER_INVITE THEIRS STOP_ANSWER TELL_OFFERED
            THEIRS_ANSWERED PEER_UPDATE UPDATE STOP_ANSWER TELL_OFFERED
            THEIRS_ANSWERED ACK IDLE STOP_ANSWER TELL_ACKNOWLEDGED NEXT
            THEIRS_ANSWERED ACK_LIMIT IDLE STOP_ANSWER BREAK
            UPDATE MODIFY UPDATE KEEP
            UPDATE PEER_INVITE UPDATE SEND_OVERLAP
            UPDATE PEER_UPDATE UPDATE SEND_OVERLAP
            UPDATE ACCEPT IDLE SEND_UPDATED NEXT
            UPDATE REFUSE IDLE SEND_REFUSAL NEXT
            """);
        List<String> table = new ArrayList<>();
        for (Renegotiation.State state : Renegotiation.State.values()) {
            for (Renegotiation.Input input : Renegotiation.Input.values()) {
                Renegotiation.Step step = Renegotiation.on(state, input);
                add(table, state, input, step.next(), step.outputs());
            }
        }
        assertEquals(expected, table);
    }

    private static List<String> lines(String text) {
        return text.strip().lines().toList();
    }

    private static <S> void add(List<String> table, S state, Object input, S next, List<?> outputs) {
        if (state.equals(next) && outputs.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder()
                .append(state)
                .append(' ')
                .append(input)
                .append(' ')
                .append(next);
        outputs.forEach(output -> line.append(' ').append(output));
        table.add(line.toString());
    }
}
