/**
 * The table of docs/api/live-call-modification.md, cell by cell: a {@code Situation} is brought about, a {@code Request} is made, and what it
 * does is looked at from outside: the API's answer, SIP, who hears whom. Each cell is played on two stages: in simulated time
 * (teleapi.flows) and over real sockets. A new row is a line in {@code Request} and its outcomes in {@code Cell}. Start reading there.
 */
@org.jspecify.annotations.NullMarked
package teleapi.flows.cells;
