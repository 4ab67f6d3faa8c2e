/**
 * The command {@code teleapi demo}: the story of one call, played over real SIP, RTP and HTTP. Nobody calls in but {@code Main} and its test.
 * Start reading at {@link teleapi.lab.demo.Story}; {@link teleapi.lab.demo.ExampleApplication} shows what an application has to do.
 */
@org.jspecify.annotations.NullMarked
package teleapi.lab.demo;
