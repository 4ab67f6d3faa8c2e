/** Who may call and be called: accounts, numbers, clients, applications. {@code call} looks up, {@code rest} provisions, {@code store} keeps. Start reading at {@link teleapi.call.directory.Directory}. */
@org.jspecify.annotations.NullMarked
package teleapi.call.directory;
