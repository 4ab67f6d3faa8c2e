package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server with a trunk, two phones at it and an application, for the tests of a class. */
abstract class WithRealPeers {
    static final String NUMBER = "+15550100";
    static final Set<Integer> TONES = Set.of(450, 620, 790, 960);
    static final Voice CALLER = new Voice("caller", 450, TONES);
    static final Voice BOB = new Voice("bob", 620, TONES);
    static final Voice ALICE = new Voice("alice", 790, TONES);
    static final Voice DESK = new Voice("desk", 960, TONES);

    /** Where applications are told to find it. */
    static final String PROXY = "https://voice.example.com/behind";

    @TempDir
    static Path folder = Path.of("");

    static int trunkPort;
    static ApplicationServer application;
    static Product teleapi;

    /** Answers by himself. */
    static Baresip bob;

    /** Answers when she is told. */
    static Baresip alice;

    @BeforeAll
    static void open() throws IOException {
        trunkPort = Sipp.freePort();
        application = new ApplicationServer(Product.TOKEN);
        teleapi = Product.start(
                Files.createDirectory(folder.resolve("data")),
                "--trunk",
                "sip:127.0.0.1:" + trunkPort,
                "--public-url",
                PROXY + "/");
        bob = Baresip.start(BOB, folder, user("alice"));
        alice = Baresip.start(ALICE, folder);
        teleapi.hasNumber(NUMBER, application.url("/incoming"), application.url("/status"), application.url("/sms"));
        teleapi.hasClient("bob");
        teleapi.hasClient("alice");
        assertTrue(bob.registers("bob", Product.password("bob"), teleapi.sip(), true), bob::output);
        assertTrue(alice.registers("alice", Product.password("alice"), teleapi.sip(), false), alice::output);
    }

    @AfterAll
    static void close() {
        alice.close();
        bob.close();
        teleapi.close();
        application.close();
    }

    @AfterEach
    void nothingIsLeft() {
        teleapi.awaitIdle();
        application.forget();
    }

    static Sipp calls(String scenario, String... more) {
        return Sipp.call(CALLER, scenario, folder, "+15550111", NUMBER, teleapi.sip(), more);
    }

    /** The final callback of a call, which is told apart by its Sid. */
    static String finalStatus(ApplicationServer.Asked call) {
        return application
                .isAsked("/status", asked -> asked.parameter("CallSid").equals(call.parameter("CallSid")))
                .parameter("CallStatus");
    }

    static void talk(Recording caller, Recording callee, Voice other) {
        talk(caller, callee, other, CALLER);
    }

    static void talk(Recording caller, Recording callee, Voice other, Voice calls) {
        caller.awaitTones(Set.of(other.tone()));
        callee.awaitTones(Set.of(calls.tone()));
    }

    static String user(String name) {
        return "sip:" + name + "@127.0.0.1:" + teleapi.sip().getPort();
    }
}
