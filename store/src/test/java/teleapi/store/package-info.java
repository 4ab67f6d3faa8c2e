@org.jspecify.annotations.NullMarked
package teleapi.store;
