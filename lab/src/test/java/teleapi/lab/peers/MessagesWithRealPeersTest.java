package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Texts of documents, of the API, of a carrier and of phones, as others' software sends and shows them. */
final class MessagesWithRealPeersTest extends WithRealPeers {
    private static Sipp texts(String scenario, String from, String to, String text) {
        return Sipp.call(CALLER, scenario, folder, from, to, teleapi.sip(), "-key", "text", text);
    }

    private static String status(String sid) {
        return teleapi.get("SMS/Messages/" + sid).text("status");
    }

    @Test
    void aDocumentSendsATextToAPhone() {
        // issue 4: Sms/Message over SIP MESSAGE
        application.has(
                "/incoming",
                "<Message to=\"client:bob\" statusCallback=\"" + application.url("/told")
                        + "\">Grüße aus dem Gespräch</Message><Reject reason=\"busy\"/>");
        try (Sipp caller = calls("refused", "-key", "format", "0")) {
            caller.succeeds();
            bob.shows("Grüße aus dem Gespräch");
            ApplicationServer.Asked told = application.isAsked("/told");
            assertEquals("delivered", told.parameter("MessageStatus"));
            assertEquals(NUMBER, told.parameter("From"));
            assertEquals("delivered", status(told.parameter("MessageSid")));
            assertEquals(
                    "outbound-call",
                    teleapi.get("SMS/Messages/" + told.parameter("MessageSid")).text("direction"));
            caller.succeeds();
        }
    }

    @Test
    void theApiSendsATextOverTheTrunk() {
        // CONTRACT section 3; docs/api/messages.md
        try (Sipp trunk = Sipp.answer(DESK, "text-taker", folder, trunkPort)) {
            Product.Reply made = teleapi.expect(
                    201,
                    teleapi.post(
                            "SMS/Messages",
                            "From",
                            NUMBER,
                            "To",
                            "+15559999",
                            "Body",
                            "Your code is 4711",
                            "StatusCallback",
                            application.url("/told")));
            Sipp.Message message = trunk.receives("MESSAGE");
            assertTrue(
                    message.lines().contains("Your code is 4711"),
                    message.lines().toString());
            assertTrue(message.header("Content-Type").startsWith("text/plain"), message.header("Content-Type"));
            trunk.succeeds();
            assertEquals(made.text("sid"), application.isAsked("/told").parameter("SmsSid"));
            assertEquals("sent", status(made.text("sid")));
        }
    }

    @Test
    void aCarriersTextRunsADocumentThatReplies() {
        // reference/restcomm.md 5.4; ADR-0024
        application.has("/sms", "<Message>We close at nine</Message>");
        try (Sipp trunk = Sipp.answer(DESK, "text-taker", folder, trunkPort);
                Sipp sender = texts("texter", "+15557777", NUMBER, "When do you close?")) {
            ApplicationServer.Asked asked = application.isAsked("/sms");
            assertEquals("When do you close?", asked.parameter("Body"));
            assertEquals("+15557777", asked.parameter("From"));
            Sipp.Message reply = trunk.receives("MESSAGE sip:+15557777@");
            assertTrue(reply.lines().contains("We close at nine"), reply.lines().toString());
            sender.succeeds();
            trunk.succeeds();
        }
    }

    @Test
    void onePhoneTextsAnother() {
        // RFC 3428; ADR-0024: after a proof
        bob.texts("see you at nine");
        alice.shows("see you at nine");
        try (Sipp stranger = texts("text-stranger", "+15557777", "alice", "win a prize")) {
            stranger.succeeds();
        }
    }
}
