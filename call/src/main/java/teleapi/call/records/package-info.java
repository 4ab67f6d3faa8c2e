/** What must outlive a call: its record, its notifications, its conferences. {@code call} writes, {@code rest} reads, {@code store} keeps. Start reading at {@link teleapi.call.records.CallRecords}. */
@org.jspecify.annotations.NullMarked
package teleapi.call.records;
