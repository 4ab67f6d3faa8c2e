package teleapi.rcml;

/** In a document that runs while the call waits in a queue: it leaves the queue. */
public record Leave(Position position) implements Verb {}
