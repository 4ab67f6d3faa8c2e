@org.jspecify.annotations.NullMarked
package teleapi.server;
