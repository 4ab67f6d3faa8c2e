package teleapi.lab.peers;

import java.util.Set;

/**
 * Who speaks, and how he is told from the others: everyone says a tone of his own.
 *
 * @param tone in Hz, 100 or more from the others'
 * @param all everybody's tones
 */
record Voice(String name, int tone, Set<Integer> all) {}
