package teleapi.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A verb that is to be interrupted: the document it stands in, and what the parties do meanwhile.
 *
 * @param name of the case
 * @param elements of RCML that run in it
 * @param document line 1 is what runs before, line 2 the verb, line 3 what runs after it
 * @param begins how the journal says that it begins
 * @param action whether it requests one, also when it is cut off
 * @param pages what the application has beside the usual, by path
 * @param cues milliseconds after the INVITE, who, does what; {@code alice runs …} is a call to Alice with that document
 */
record InterruptedVerb(
        String name,
        Set<String> elements,
        String document,
        String begins,
        Action action,
        Map<String, String> pages,
        List<String> cues) {
    /** docs/api/live-call-modification.md: what becomes of the action of a verb that is cut off. */
    enum Action {
        /** Requested once on every path. */
        OWED,
        /** Not requested. */
        DROPPED,
        /** It has none. */
        NONE
    }

    private static final String ACTION = " action=\"/action\"";
    private static final String TALK = "200 bob answer|700 bob hang-up";

    static List<InterruptedVerb> all() {
        var all = new ArrayList<InterruptedVerb>();
        alone(all);
        input(all);
        dialled(all);
        together(all);
        return all;
    }

    private static void alone(List<InterruptedVerb> all) {
        all.add(verb("say", "Say", "<Say>a</Say>"));
        all.add(verb("play", "Play", "<Play>/old.wav</Play>"));
        all.add(verb("play without end", "Play", "<Play loop=\"0\">/old.wav</Play>")
                .cued("900 caller hang-up"));
        all.add(verb("play a missing sound", "Play", "<Play>/missing.wav</Play>"));
        all.add(verb("play mp3", "Play", "<Play>/old.mp3</Play>"));
        all.add(verb("play digits", "Play", "<Play digits=\"1w2\"/>"));
        all.add(verb("pause before the answer", "Pause", "<Pause length=\"1\"/>"));
        all.add(verb("pause", "Pause", "<Pause length=\"1\"/>").after("<Play>/first.wav</Play>"));
        all.add(verb("redirect", "Redirect", "<Redirect>/next</Redirect>"));
        all.add(verb("redirect when answered", "Redirect", "<Redirect>/next</Redirect>")
                .after("<Play>/first.wav</Play>"));
        all.add(verb("reject", "Reject", "<Reject reason=\"busy\"/>"));
        all.add(verb("hangup before the answer", "Hangup", "<Hangup/>"));
        all.add(verb("hangup", "Hangup", "<Hangup/>").after("<Play>/first.wav</Play>"));
        all.add(verb("leave without a queue", "Leave", "<Leave/>").after("<Play>/first.wav</Play>"));
        all.add(verb("message", "Message", "<Message to=\"client:bob\">a</Message>")
                .after("<Play>/first.wav</Play>"));
        all.add(verb("sms", "Sms", "<Sms to=\"client:nobody\" statusCallback=\"/told\">a</Sms>")
                .beginning("runs Message at 2:")
                .after("<Play>/first.wav</Play>"));
        String stream = "<Stream name=\"ear\" url=\"ws://bot/\" statusCallback=\"/told\"/>";
        all.add(verb("start", "Start Stream", "<Start>" + stream + "</Start>").after("<Play>/first.wav</Play>"));
        all.add(verb("stream alone", "Stream", stream)
                .beginning("runs Start at 2:")
                .after("<Play>/first.wav</Play>"));
        all.add(verb("stop", "Stop", "<Stop><Stream name=\"ear\"/></Stop>")
                .after("<Start>" + stream + "</Start><Play>/first.wav</Play>"));
        all.add(owing("connect", "Connect Stream", "<Connect" + ACTION + "><Stream url=\"ws://bot/\"/></Connect>"));
        all.add(owing("refer", "Refer Sip", "<Refer" + ACTION + "><Sip>sip:sales@example.com</Sip></Refer>")
                .cued("200 caller accept|350 caller tell 180|500 caller tell 200"));
        all.add(owing("refer refused", "Refer Sip", "<Refer" + ACTION + "><Sip>sip:sales@example.com</Sip></Refer>")
                .cued("200 caller refuse-referral 603"));
    }

    private static void input(List<InterruptedVerb> all) {
        all.add(gather("gather", "numDigits=\"2\" timeout=\"2\"", "").cued("300 caller press 1|600 caller press 2"));
        all.add(gather("gather to its key", "timeout=\"2\"", "").cued("300 caller press 1|700 caller press #"));
        all.add(gather(
                        "gather with prompts",
                        "numDigits=\"1\"",
                        "<Play>/old.wav</Play><Pause length=\"1\"/><Say>b</Say>")
                .cued("700 caller press 1"));
        all.add(gather("gather that hears out", "numDigits=\"1\" bargeIn=\"false\"", "<Play>/old.wav</Play>")
                .cued("150 caller press 1"));
        all.add(gather("gather nothing", "timeout=\"1\"", "<Play>/old.wav</Play>"));
        all.add(gather("gather nothing, told", "timeout=\"1\" actionOnEmptyResult=\"true\"", ""));
        String said = "1 caller hush|400 caller talk|1300 caller hush";
        all.add(gather("gather speech", "input=\"speech\" hints=\"yes\" timeout=\"2\"", "")
                .cued(said));
        all.add(gather(
                        "gather speech or keys",
                        "input=\"dtmf speech\" hints=\"yes\" timeout=\"3\" numDigits=\"1\"",
                        "<Play>/old.wav</Play>")
                .cued("1 caller hush|400 caller talk|800 caller press 1"));
        all.add(gather(
                        "gather partial results",
                        "input=\"speech\" hints=\"yes,no\" timeout=\"2\" partialResultCallback=\"/partial\"",
                        "")
                .cued("1 caller hush|300 caller talk|1800 caller hush"));
        all.add(record("record", "timeout=\"1\" playBeep=\"false\"").cued("700 caller hush"));
        all.add(record("record to its key", "playBeep=\"false\"").cued("700 caller press #|3000 caller hush"));
        all.add(record("record to its limit", "maxLength=\"1\" playBeep=\"false\""));
        all.add(record("record after a beep", "playBeep=\"true\"").cued("900 caller press #|3000 caller hush"));
        all.add(record("record and transcribe", "playBeep=\"false\" transcribeCallback=\"/text\"")
                .cued("900 caller press #|3000 caller hush"));
    }

    private static void dialled(List<InterruptedVerb> all) {
        String bob = leg("Client", "", "bob");
        String alice = leg("Client", "", "alice");
        all.add(dial("dial number", "Number", "", leg("Number", " sendDigits=\"12\"", "+15550001"))
                .cued("100 number ring|200 number answer|1200 number hang-up"));
        all.add(dial(
                        "dial client",
                        "Client Parameter",
                        "",
                        leg("Client", "", "<Identity>bob</Identity><Parameter name=\"a\" value=\"b\"/>"))
                .cued(TALK));
        all.add(dial("dial sip", "Sip", "", leg("Sip", "", "sip:bob@10.0.0.11")).cued(TALK));
        all.add(dial("dial uri", "Uri", "", leg("Uri", "", "sip:bob@10.0.0.11")).cued(TALK));
        // Alice is rung for as long as that if bob is cut off before he answers.
        all.add(dial("dial one of two", "Client", " timeout=\"4\"", bob + alice).cued("100 alice ring|" + TALK));
        all.add(dial("dial one after the other", "Client", " sequential=\"true\"", bob + alice)
                .cued("200 bob refuse 486|400 alice answer|800 alice hang-up"));
        all.add(dial("dial who refuses", "Client", "", bob).cued("300 bob refuse 486"));
        all.add(dial("dial who does not answer", "Client", " timeout=\"1\"", bob)
                .cued("100 bob ring"));
        all.add(dial("dial with early media", "Client", "", bob).cued("100 bob early|300 bob answer|700 bob hang-up"));
        all.add(dial("dial and answer with it", "Client", " answerOnBridge=\"true\"", bob)
                .cued("100 bob early|300 bob answer|700 bob hang-up"));
        all.add(dial("dial with another ringing", "Client", " ringTone=\"de\"", bob)
                .cued("100 bob ring|" + TALK));
        all.add(dial("dial until a star", "Client", " hangupOnStar=\"true\"", bob)
                .cued("200 bob answer|600 caller press *|3000 bob hang-up"));
        all.add(dial("dial within a limit", "Client", " timeLimit=\"1\"", bob).cued("200 bob answer"));
        all.add(dial("dial until the caller goes", "Client", "", bob).cued("200 bob answer|700 caller hang-up"));
        all.add(dial("dial and record", "Client", " record=\"record-from-ringing-dual\"", bob)
                .cued(TALK));
        all.add(dial("dial and screen", "Client", "", leg("Client", " url=\"/screen\"", "bob"))
                .cued("200 bob answer|1100 bob hang-up"));
        all.add(dial("dial who is asked", "Client", "", leg("Client", " url=\"/ask\"", "bob"))
                .cued("200 bob answer|500 bob press 1|1500 bob hang-up"));
        all.add(dial("dial who is screened out", "Client", "", leg("Client", " url=\"/no\"", "bob"))
                .cued("200 bob answer"));
    }

    private static void together(List<InterruptedVerb> all) {
        String dials = " alice runs <Dial><Queue>desk</Queue></Dial>";
        all.add(dial("queue", "Queue", "", "<Queue>desk</Queue>")
                .cued("1 alice runs <Enqueue>desk</Enqueue>|800 alice hang-up"));
        all.add(dial("queue that is empty", "Queue", "", "<Queue>desk</Queue>")
                .cued("300 alice runs <Enqueue>desk</Enqueue>|800 alice hang-up"));
        all.add(dial("queue with a word before", "Queue", "", "<Queue url=\"/screen\">desk</Queue>")
                .cued("1 alice runs <Enqueue>desk</Enqueue>|1100 alice hang-up"));
        all.add(dial("queue in vain", "Queue", " timeout=\"1\"", "<Queue>desk</Queue>"));
        all.add(enqueue("enqueue", "").cued("300" + dials + "|800 alice hang-up"));
        all.add(enqueue("enqueue with a document", " waitUrl=\"/wait\"").cued("500" + dials + "|900 alice hang-up"));
        all.add(enqueue("enqueue until a key", " waitUrl=\"/keys\"").cued("600 caller press 1|2500 caller press 1"));
        all.add(new InterruptedVerb(
                "leave",
                Set.of("Leave"),
                "<Response>\n<Enqueue action=\"/action\" waitUrl=\"/leave\">desk</Enqueue>\n"
                        + "<Play>/later.wav</Play></Response>",
                "runs Leave at 1:",
                Action.OWED,
                Map.of("/leave", "<Response><Play>/old.wav</Play><Leave/></Response>"),
                List.of()));
        String ends = " endConferenceOnExit=\"true\"";
        all.add(room("conference", "", "").cued("1 alice runs " + roomOf(ends) + "|700 alice hang-up"));
        all.add(room("conference that begins later", "", " waitUrl=\"/music\"")
                .cued("400 alice runs " + roomOf(ends) + "|900 alice hang-up"));
        all.add(room("conference with two documents", "", " waitUrl=\"/led\"")
                .cued("1700 alice runs " + roomOf(ends) + "|2200 alice hang-up"));
        all.add(room("conference with a sound", " hangupOnStar=\"true\"", " waitUrl=\"/old.wav\"")
                .cued("500 alice runs " + roomOf("") + "|900 caller press *|3000 alice hang-up|3100 caller press *"));
        all.add(room("conference recorded", " record=\"true\"", " record=\"record-from-start\"")
                .cued("1 alice runs " + roomOf(ends) + "|700 alice hang-up"));
    }

    // ---- how

    /** It has no action. */
    private static InterruptedVerb verb(String name, String elements, String verb) {
        return of(name, elements, verb, Action.NONE);
    }

    private static InterruptedVerb owing(String name, String elements, String verb) {
        return of(name, elements, verb, Action.OWED);
    }

    private static InterruptedVerb gather(String name, String attributes, String prompts) {
        return of(name, "Gather", "<Gather" + ACTION + " " + attributes + ">" + prompts + "</Gather>", Action.DROPPED);
    }

    private static InterruptedVerb record(String name, String attributes) {
        return owing(name, "Record", "<Record" + ACTION + " " + attributes + "/>");
    }

    private static InterruptedVerb dial(String name, String elements, String attributes, String nouns) {
        return owing(name, "Dial " + elements, "<Dial" + ACTION + attributes + ">" + nouns + "</Dial>");
    }

    private static InterruptedVerb enqueue(String name, String attributes) {
        return owing(name, "Enqueue", "<Enqueue" + ACTION + attributes + ">desk</Enqueue>");
    }

    private static InterruptedVerb room(String name, String attributes, String terms) {
        return dial(name, "Conference", attributes, "<Conference" + terms + ">room</Conference>");
    }

    private static String roomOf(String terms) {
        return "<Dial><Conference" + terms + ">room</Conference></Dial>";
    }

    private static String leg(String noun, String attributes, String to) {
        return "<" + noun + attributes + " statusCallback=\"/status\">" + to + "</" + noun + ">";
    }

    private static InterruptedVerb of(String name, String elements, String verb, Action action) {
        String first = elements.split(" ", -1)[0];
        return new InterruptedVerb(
                name,
                Set.of(elements.split(" ", -1)),
                "<Response>\n" + verb + "\n<Play>/later.wav</Play></Response>",
                "runs " + first + " at 2:",
                action,
                Map.of(),
                List.of());
    }

    private InterruptedVerb cued(String fresh) {
        return new InterruptedVerb(name, elements, document, begins, action, pages, List.of(fresh.split("\\|", -1)));
    }

    private InterruptedVerb after(String before) {
        String whole = document.replaceFirst("<Response>", "<Response>" + before);
        return new InterruptedVerb(name, elements, whole, begins, action, pages, cues);
    }

    private InterruptedVerb beginning(String word) {
        return new InterruptedVerb(name, elements, document, word, action, pages, cues);
    }

    @Override
    public String toString() {
        return name;
    }
}
