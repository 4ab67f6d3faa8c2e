@org.jspecify.annotations.NullMarked
package teleapi.call.messaging;
