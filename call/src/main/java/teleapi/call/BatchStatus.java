package teleapi.call;

/**
 * What has become of several changes that are made together. What became of each is told by its own modification.
 *
 * @param state PREPARING, APPLIED, or FAILED: then nothing has changed
 * @param code 0, or the error code when it failed
 * @param failed which change failed first, counted from 0; -1: none did
 */
public record BatchStatus(ModificationStatus.State state, int code, String reason, int failed) {}
