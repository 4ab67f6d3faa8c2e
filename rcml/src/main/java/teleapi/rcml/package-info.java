/**
 * RCML documents become verbs: data only, no execution.
 *
 * <p>Called by {@code call} and by {@code teleapi check}; knows nobody. Start reading at {@link teleapi.rcml.RcmlParser}, then
 * {@link teleapi.rcml.Verb}. Source: CONTRACT section 3.
 */
@org.jspecify.annotations.NullMarked
package teleapi.rcml;
