@org.jspecify.annotations.NullMarked
package teleapi.rest;
