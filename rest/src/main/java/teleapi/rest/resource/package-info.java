/**
 * One class per resource of the API: it checks the parameters, asks the heart or the store, and describes what is there as ordered fields.
 *
 * <p>Called by {@link teleapi.rest.Api}. A description is written once and rendered for both dialects. Start reading at
 * {@link teleapi.rest.resource.Calls}, then {@link teleapi.rest.resource.Modifying}. CONTRACT section 2; reference/restcomm.md part 4,
 * reference/peers.md part 2.
 */
@org.jspecify.annotations.NullMarked
package teleapi.rest.resource;
