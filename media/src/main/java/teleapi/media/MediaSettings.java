package teleapi.media;

/**
 * Where media lives.
 *
 * @param bindHost the address RTP sockets are bound to
 * @param publicHost the address that stands in SDP
 * @param lowPort first RTP port (even); 0: any free port, as the system gives them
 * @param highPort last RTP port
 * @param loops how many media loops
 */
public record MediaSettings(String bindHost, String publicHost, int lowPort, int highPort, int loops) {}
