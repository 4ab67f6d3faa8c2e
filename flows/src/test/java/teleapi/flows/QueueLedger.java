package teleapi.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import teleapi.call.records.AccountEvent;

/**
 * What was told of the queues of an exploration: who enters leaves once, and is offered only meanwhile.
 *
 * <pre>
 * Thread  the test's
 * Source  ADR-0016 "How we would notice it was wrong"
 * </pre>
 */
final class QueueLedger {
    private final Map<String, List<String>> waiting = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int bridged;

    private QueueLedger(List<AccountEvent> events) {
        events.stream()
                .filter(event -> event.topic() == AccountEvent.Topic.QUEUE)
                .forEach(this::take);
        waiting.forEach((queue, calls) -> {
            if (!calls.isEmpty()) {
                violations.add("places in " + queue + " that nobody left: " + calls);
            }
        });
    }

    private void take(AccountEvent event) {
        String call = event.callSid().orElseThrow().text();
        List<String> calls =
                waiting.computeIfAbsent(event.values().getOrDefault("queue_sid", ""), sid -> new ArrayList<>());
        boolean consistent = switch (event.what()) {
            case "member-enter" -> !calls.contains(call) && calls.add(call);
            case "member-offer" -> calls.contains(call);
            default -> calls.remove(call);
        };
        if (!consistent || !Integer.toString(calls.size()).equals(event.values().get("current_size"))) {
            violations.add("a place in a queue that is none: " + event);
        }
        if (Optional.ofNullable(event.values().get("result")).equals(Optional.of("bridged"))) {
            bridged++;
        }
    }

    /** What was violated; how many were taken out of a queue is added to {@code seen}. */
    static List<String> violations(List<AccountEvent> events, Map<String, Integer> seen) {
        var ledger = new QueueLedger(events);
        seen.merge("taken out of a queue", ledger.bridged, Integer::sum);
        return ledger.violations;
    }

    /** Verbs of a document that waits in a queue, or dials it. */
    static String document(Random chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> "<Enqueue action=\"/action\">line</Enqueue><Say>thank you</Say>";
            case 1 -> "<Enqueue waitUrl=\"/heard\">line</Enqueue><Enqueue>line</Enqueue>";
            case 2 -> "<Dial timeout=\"8\" action=\"/action\"><Queue url=\"/heard\">line</Queue></Dial>";
            default -> "<Dial timeout=\"8\" timeLimit=\"3\"><Queue>line</Queue></Dial><Redirect>/c</Redirect>";
        };
    }
}
