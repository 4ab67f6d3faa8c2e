package teleapi.call;

import java.util.Map;
import java.util.Optional;
import teleapi.rcml.Noun;

/**
 * What a party asked with REFER: that the other one be connected to somebody else.
 *
 * @param sid by which both calls know it
 * @param by the call whose party asked
 * @param target the Refer-To URI
 * @param allowed whom that party may dial itself there; empty: nobody
 * @param document what decides instead: the referUrl of its own Dial
 * @param ringing the other call of that party, which rings the target already
 */
public record Transfer(
        Sid sid,
        Call by,
        String target,
        Optional<Noun.Ringable> allowed,
        Optional<NewDocument.Fetch> document,
        Optional<Call> ringing) {
    /** What the request for a document that decides has besides. */
    public Map<String, String> parameters(Call transferee) {
        return parameters(party(transferee));
    }

    /** The same, when it is no party but a conference that hears who asked. */
    public Map<String, String> parameters(String transferee) {
        return Map.of(
                "ReferTransferTarget",
                target,
                "ReferTarget",
                target,
                "Transferor",
                party(by),
                "Transferee",
                transferee);
    }

    private static String party(Call call) {
        var record = call.snapshot();
        return record.direction() == Direction.INBOUND ? record.from() : record.to();
    }
}
