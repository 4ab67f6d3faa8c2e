/** What a phone hears and keeps. */
@org.jspecify.annotations.NullMarked
package teleapi.lab.phone;
