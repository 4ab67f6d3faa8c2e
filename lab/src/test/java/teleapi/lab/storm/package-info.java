@org.jspecify.annotations.NullMarked
package teleapi.lab.storm;
