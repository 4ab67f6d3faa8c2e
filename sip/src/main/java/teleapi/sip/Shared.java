package teleapi.sip;

import java.util.List;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.World;
import teleapi.sip.registrar.Registrar;
import teleapi.sip.transport.Listening;

/**
 * What the workers of one user agent have in common; nothing here changes but what is published.
 *
 * @param loops the workers' own, in order; the first owns the sockets and the registrar
 * @param retryAfter seconds to come back after when new calls are refused; 0 while they are welcome
 * @param secret makes answers without memory equal for equal requests
 */
record Shared(
        World world,
        SipSettings settings,
        Door door,
        SipTrace trace,
        Listening listening,
        List<Loop<WorkerMessage>> loops,
        Registrar registrar,
        Published<Integer> retryAfter,
        long secret) {
    int port() {
        return listening.datagrams().local().getPort();
    }

    /** Who owns this Call-ID. Registrations, ours and others', are all the first one's. */
    int worker(String method, String callId) {
        return method.equals("REGISTER") ? 0 : Math.floorMod((callId.hashCode() * 0x9E37_79B9) >>> 7, loops.size());
    }
}
