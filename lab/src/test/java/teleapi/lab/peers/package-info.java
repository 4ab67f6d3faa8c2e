/**
 * The product against peers it shares no code with: sipp as carrier and trunk, baresip as phone, the JDK's HTTP server as application.
 * The product runs as a process of its own. What everyone says is a tone; who hears whom is read off recordings.
 * Only tests live here. They stand outside {@code runtime} on purpose, with plain threads, sockets and processes: a fault there must not
 * hide itself. Programs that are missing fail the tests. Start reading at {@code StoryWithRealPeersTest}; the peers are proven against
 * each other in {@code PeersTest}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.lab.peers;
