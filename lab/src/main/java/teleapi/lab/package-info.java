/** Tools around the product: the command-line phone, the demo, and their main. Tests with real peers live here too. Known by {@code flows} alone. Start reading at {@code Main}. */
@org.jspecify.annotations.NullMarked
package teleapi.lab;
