/** Tests of what is kept of calls. */
@org.jspecify.annotations.NullMarked
package teleapi.call.records;
