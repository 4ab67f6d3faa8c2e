/** Tests of requests to servers that are not ours, over real HTTP. */
@org.jspecify.annotations.NullMarked
package teleapi.call.webhook;
