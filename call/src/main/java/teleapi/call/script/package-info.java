/**
 * What a call does: the loop over documents, the one wait, and one execution per verb.
 *
 * <p>Everything here runs on the thread of one call. Start reading at {@link teleapi.call.script.Script#run}, then
 * {@link teleapi.call.script.Script#await}, then {@link teleapi.call.script.Modifications}. ARCHITECTURE "The idea"; ADR-0001.
 */
@org.jspecify.annotations.NullMarked
package teleapi.call.script;
