package teleapi.call;

/** A reading for /metrics and /health. */
public record Gauges(int callsLive, int conferencesLive, long callsStarted, long modificationsAccepted) {}
