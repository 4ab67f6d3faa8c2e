/** Unit tests of the heart's parts; its behaviour is proved by the flows. */
@org.jspecify.annotations.NullMarked
package teleapi.call;
