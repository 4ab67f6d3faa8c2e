package teleapi.sip.transaction;

import java.util.List;

/**
 * What a machine does with one input.
 *
 * @param next the state it is in afterwards
 * @param outputs to be carried out in order
 */
public record Step<S>(S next, List<Output> outputs) {
    static <S> Step<S> of(S next, Output... outputs) {
        return new Step<>(next, List.of(outputs));
    }
}
