/** SIP messages: parser, writer, headers, URIs (RFC 3261 §7, §19, §25; RFC 4475). Pure values and functions; every layer of {@code sip} uses them. Start reading at {@code SipParser}. */
@org.jspecify.annotations.NullMarked
package teleapi.sip.message;
