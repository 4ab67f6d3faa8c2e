/** HTTP to the customers' servers: documents, sounds, status callbacks; signed, bounded, limited in time. Used by {@code script}; everything here may wait and runs only in work started with World.start. Start reading at {@link teleapi.call.webhook.Http}. CONTRACT section 4. */
@org.jspecify.annotations.NullMarked
package teleapi.call.webhook;
