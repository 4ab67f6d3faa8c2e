/** The real world. Start reading at {@code RealWorld}. Made by {@code server} and by tests; everyone else knows only {@link teleapi.runtime.World}. */
@org.jspecify.annotations.NullMarked
package teleapi.runtime.real;
