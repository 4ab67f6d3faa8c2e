package teleapi.call;

/** A reading for /metrics and /health. */
public record Gauges(
        int callsLive,
        int conferencesLive,
        int queuesLive,
        int queueMembers,
        long callsStarted,
        long modificationsAccepted,
        int messagesLive,
        long messagesAccepted) {}
