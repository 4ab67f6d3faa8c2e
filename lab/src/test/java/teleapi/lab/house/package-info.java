/**
 * The house rules as tests: formatting, words, names, sizes, and which module knows which.
 *
 * <p>Runs over the source tree in every build. Start reading at {@link teleapi.lab.house.Tidy}. Sources: STYLE.md, ADR-0003. An
 * exception stands in {@code allowed.txt} with its reason.
 */
@org.jspecify.annotations.NullMarked
package teleapi.lab.house;
