/** A scripted phone: registers, calls, answers, sends a tone and says what it hears; over real or simulated networks. Used by the demo, the command {@code teleapi phone} and {@code flows}. Start reading at {@link teleapi.lab.phone.Phone}. */
@org.jspecify.annotations.NullMarked
package teleapi.lab.phone;
