/**
 * The command {@code teleapi phone}: a phone for trying things without hardware. Nobody calls in but {@code Main}. Start reading at {@link
 * teleapi.lab.desk.DeskPhone}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.lab.desk;
