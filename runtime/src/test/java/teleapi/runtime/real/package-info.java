/** Tests of the real world. */
@org.jspecify.annotations.NullMarked
package teleapi.runtime.real;
