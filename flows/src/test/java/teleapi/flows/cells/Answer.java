package teleapi.flows.cells;

/**
 * What the API answers.
 *
 * @param code of an error; else 0
 * @param callSid of a call that was made; else empty
 */
public record Answer(int status, int code, String callSid) {}
