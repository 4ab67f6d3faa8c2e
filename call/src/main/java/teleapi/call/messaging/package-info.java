/** Text messages: sent by the API, by documents and by phones, and the documents that answer them. Start reading at {@link teleapi.call.messaging.Messages}. */
@org.jspecify.annotations.NullMarked
package teleapi.call.messaging;
