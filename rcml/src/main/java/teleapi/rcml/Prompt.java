package teleapi.rcml;

/** What can be heard inside a Gather. */
public sealed interface Prompt permits Say, Play, Pause {}
