/** Golden call flows, which read as sequence diagrams, and random exploration, both in simulated time. Start reading at {@code FlowTest} and a file under {@code flows/redirect}. */
@org.jspecify.annotations.NullMarked
package teleapi.flows;
