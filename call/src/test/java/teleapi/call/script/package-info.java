/** Tests of what scripts decide without a call. */
@org.jspecify.annotations.NullMarked
package teleapi.call.script;
