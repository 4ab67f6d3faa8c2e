package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.clean;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.found;
import static teleapi.rcml.Documents.response;
import static teleapi.rcml.Documents.skipped;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Message and Sms: attributes, defaults, limits. Source: reference/restcomm.md 5.2; ADR-0024. */
final class MessageReaderTest {
    private static final Position FIRST = new Position(1, 11);

    @ParameterizedTest
    @ValueSource(strings = {"Sms", "Message"})
    void bothNamesAreOneVerbWithItsDefaults(String name) {
        // restcomm.md 5.2: to is the caller, from the called, method POST; whose they are is known by the call.
        Message message = clean(Message.class, "<" + name + ">\n Your code is 42. </" + name + ">");
        assertEquals(
                new Message(
                        FIRST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HttpMethod.POST,
                        Optional.empty(),
                        HttpMethod.POST,
                        "Your code is 42."),
                message);
        assertEquals("Message", message.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sms", "Message"})
    void itTakesItsAttributes(String name) {
        // restcomm.md 5.2, and the statusCallback of peers
        assertEquals(
                new Message(
                        FIRST,
                        Optional.of("+1 555 0100"),
                        Optional.of("client:alice"),
                        Optional.of("/sent"),
                        HttpMethod.GET,
                        Optional.of("/told"),
                        HttpMethod.GET,
                        "x"),
                clean(
                        Message.class,
                        "<" + name + " to='+1 555 0100' from='client:alice' action='/sent' method='get'"
                                + " statusCallback='/told' statusCallbackMethod='GET'>x</" + name + ">"));
    }

    @Test
    void toAnAddressThatNothingCouldBeNothingIsSent() {
        // restcomm.md 5.4: 14101 and 14102; what is too long for a SIP URI is no address.
        String longest = "sip:" + "a".repeat(1_276);
        assertEquals(
                Optional.of(longest),
                clean(Message.class, "<Sms to='" + longest + "'>x</Sms>").to());
        for (String wrong : List.of("", " ", longest + "a", "sip:a&#10;b", "a&#x2028;b")) {
            skipped(RcmlCode.MESSAGE_TO, "<Message to='" + wrong + "'>x</Message>");
            assertEquals(
                    Optional.empty(),
                    found(Message.class, RcmlCode.MESSAGE_FROM, "<Message from='" + wrong + "'>x</Message>")
                            .from(),
                    wrong);
        }
    }

    @Test
    void aWrongMethodIsPost() {
        // restcomm.md 5.4: 14104
        assertEquals(
                HttpMethod.POST,
                found(Message.class, RcmlCode.MESSAGE_METHOD, "<Sms method='PUT'>x</Sms>")
                        .method());
        assertEquals(
                HttpMethod.POST,
                found(Message.class, RcmlCode.SCHEMA_WARNING, "<Sms statusCallbackMethod='PUT'>x</Sms>")
                        .statusCallbackMethod());
        found(Message.class, RcmlCode.SCHEMA_WARNING, "<Sms action='/a|b'>x</Sms>");
        found(Message.class, RcmlCode.SCHEMA_WARNING, "<Sms statusCallback='/a|b'>x</Sms>");
        found(Message.class, RcmlCode.SCHEMA_WARNING, "<Sms provider='x'>x</Sms>");
    }

    @Test
    void theTextMayStandInABody() {
        // TwiML writes it so when there is Media beside it.
        assertEquals(
                "Hello",
                clean(Message.class, "<Message> <Body> Hello </Body> </Message>")
                        .body());
        assertEquals(
                "Hello", clean(Message.class, "<Sms><Body>Hello</Body></Sms>").body());
        assertEquals(
                "in",
                found(Message.class, RcmlCode.SCHEMA_WARNING, "<Message>out<Body>in</Body></Message>")
                        .body());
        assertEquals(
                "one",
                found(Message.class, RcmlCode.SCHEMA_WARNING, "<Message><Body>one</Body><Body>two</Body></Message>")
                        .body());
        found(Message.class, RcmlCode.SCHEMA_WARNING, "<Message><Body lang='en'>x</Body></Message>");
        found(Message.class, RcmlCode.SCHEMA_WARNING, "<Message><Body>x<b>y</b></Body></Message>");
    }

    @Test
    void aTextHasOneTo1600Characters() {
        // ADR-0024, bounds; restcomm.md 5.4: 14103
        String most = "ü".repeat(1_600);
        assertEquals(
                most, clean(Message.class, "<Message> " + most + " </Message>").body());
        assertEquals(
                most,
                clean(Message.class, "<Sms><Body>" + most + "</Body></Sms>").body());
        for (String name : List.of("Sms", "Message")) {
            skipped(RcmlCode.MESSAGE_TEXT, "<" + name + "/>");
            skipped(RcmlCode.MESSAGE_TEXT, "<" + name + "> \n </" + name + ">");
            skipped(RcmlCode.MESSAGE_TEXT, "<" + name + "><Body/></" + name + ">");
            skipped(RcmlCode.MESSAGE_TEXT, "<" + name + ">" + most + "x</" + name + ">");
            assertEquals(
                    "text of " + name + " has 0 characters, allowed are 1 to 1600; the verb is skipped",
                    response("<" + name + "/>").findings().getFirst().message());
        }
    }

    @Test
    void picturesAreLeftOut() {
        // ADR-0024, what we gave up: no MMS
        String media = "<Media>https://h/a.png</Media>";
        RcmlDocument document = response("<Message><Body>x</Body>" + media + media + "</Message>");
        codes(document, RcmlCode.SCHEMA_WARNING, RcmlCode.SCHEMA_WARNING);
        assertEquals("x", ((Message) document.verbs().getFirst()).body());
        assertEquals(
                "element \"Media\" of Message is not supported: there are no pictures, send a link in the text;"
                        + " it is skipped",
                document.findings().getFirst().message());
        assertEquals(
                "x",
                found(Message.class, RcmlCode.SCHEMA_WARNING, "<Sms>x" + media + "</Sms>")
                        .body());
        codes(response("<Message>" + media + "</Message>"), RcmlCode.MESSAGE_TEXT, RcmlCode.SCHEMA_WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMS", "message", "Mesage", "Massage"})
    void aSlipOfThePenIsAskedFor(String name) {
        // issue 4, 5: the finding says which name was meant
        String message = response("<" + name + ">x</" + name + ">").findings().toString();
        assertTrue(
                message.contains("is no verb: did you mean " + (name.equals("SMS") ? "Sms" : "Message") + "?"),
                message);
        String body = response("<Sms>x<body>y</body></Sms>").findings().toString();
        assertTrue(body.contains("has no meaning there: did you mean Body?"), body);
    }
}
