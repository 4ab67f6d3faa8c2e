package teleapi.call;

import java.util.List;

/**
 * What a modification would do at this moment, found out without doing it.
 *
 * @param legs the calls that it would change
 * @param ends what would come to its end, in words
 * @param requests what would be requested of the application: method and URL
 * @param remarks what else is worth knowing
 */
public record Plan(List<Sid> legs, List<String> ends, List<String> requests, List<String> remarks) {
    public Plan {
        legs = List.copyOf(legs);
        ends = List.copyOf(ends);
        requests = List.copyOf(requests);
        remarks = List.copyOf(remarks);
    }
}
