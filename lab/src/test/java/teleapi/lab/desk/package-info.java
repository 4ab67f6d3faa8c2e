/** Runs the command as it is typed, against another phone over loopback. */
@org.jspecify.annotations.NullMarked
package teleapi.lab.desk;
