package teleapi.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.sip.Credentials;
import teleapi.sip.message.Header;
import teleapi.sip.message.Refusal;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;

class DigestTest {
    private static final String REALM = "teleapi.example.com";
    private static final String URI = "sip:teleapi.example.com";
    private static final String PHONE = "192.0.2.7";
    private static final Credentials ALICE = new Credentials("alice", "wonderland");

    /** A clock that is moved by hand. */
    private static final class Hand implements Time {
        private long nanos = -5_000_000_000L;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        void forward(Duration step) {
            nanos += step.toNanos();
        }
    }

    private static final class Dice implements Randomness {
        private final SplittableRandom random = new SplittableRandom(7616);

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public void fill(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        public int below(int bound) {
            return random.nextInt(bound);
        }
    }

    private final Hand time = new Hand();
    private final Dice dice = new Dice();
    private final DigestServer server = new DigestServer(time, dice, REALM);
    private final DigestClient client = new DigestClient(dice);

    private static Optional<String> password(String user) {
        return user.equals("alice") ? Optional.of("wonderland") : Optional.empty();
    }

    private static SipRequest register(Header... headers) {
        return new SipRequest("REGISTER", URI, List.of(headers), new byte[0]);
    }

    private Proof verify(SipRequest request) {
        return server.verify(request, Demand.SERVER, PHONE, DigestTest::password);
    }

    private static Proof.Why why(Proof proof) {
        return assertInstanceOf(Proof.Wanting.class, proof).why();
    }

    private static SipResponse response(Refusal refusal) {
        return new SipResponse(refusal.status(), refusal.reason(), refusal.headers(), new byte[0]);
    }

    private SipResponse challenge() {
        return response(server.challenge(register(), Demand.SERVER, PHONE));
    }

    private Header answer(SipResponse challenge, Credentials credentials) {
        return client.answer(challenge, "REGISTER", URI, credentials).orElseThrow();
    }

    private static Header changed(Header header, String from, String to) {
        assertTrue(header.value().contains(from));
        return new Header(header.name(), header.value().replace(from, to));
    }

    @Test
    void theExamplesOfTheRfcsComeOutRight() {
        // RFC 2617 §3.5; RFC 7616 §3.9.1; RFC 2069 §2.4 with its erratum
        assertEquals(
                "6629fae49393a05397450978507c4ef1",
                Algorithm.MD5.response(
                        "Mufasa",
                        "testrealm@host.com",
                        "Circle Of Life",
                        "GET",
                        "/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "00000001",
                        "0a4f113b"));
        String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        String clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        assertEquals(
                "8ca523f5e9506fed4657c9700eebdbec",
                Algorithm.MD5.response(
                        "Mufasa",
                        "http-auth@example.org",
                        "Circle of Life",
                        "GET",
                        "/dir/index.html",
                        nonce,
                        "00000001",
                        clientNonce));
        assertEquals(
                "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
                Algorithm.SHA_256.response(
                        "Mufasa",
                        "http-auth@example.org",
                        "Circle of Life",
                        "GET",
                        "/dir/index.html",
                        nonce,
                        "00000001",
                        clientNonce));
        assertEquals(
                "1949323746fe6a43ef61f9606e7febea",
                Algorithm.MD5.response(
                        "Mufasa",
                        "testrealm@host.com",
                        "CircleOfLife",
                        "GET",
                        "/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093"));
    }

    @Test
    void theBetterAlgorithmIsOfferedFirst() {
        // RFC 8760 §2.4
        List<String> lines = challenge().headers("WWW-Authenticate");
        assertEquals(
                List.of(Algorithm.SHA_256, Algorithm.MD5),
                lines.stream()
                        .map(line -> Challenge.parse(line).orElseThrow().algorithm())
                        .toList());
        assertTrue(lines.stream()
                .allMatch(line -> Challenge.parse(line).orElseThrow().qop()));
    }

    @Test
    void aPhoneThatAnotherAlgorithmWouldLoseIsOfferedMd5Alone() {
        // baresip 1.0 (Debian 12) ends its registration at a SHA-256 challenge, though an MD5 one stands beside it
        SipRequest request = register(new Header("User-Agent", "baresip v1.0.0 (x86_64/linux)"));
        Refusal asked = assertInstanceOf(Proof.Wanting.class, verify(request)).answer();
        assertEquals(
                asked.headers().size(),
                server.challenge(request, Demand.SERVER, PHONE).headers().size());
        assertEquals(
                List.of(Algorithm.MD5),
                response(asked).headers("WWW-Authenticate").stream()
                        .map(line -> Challenge.parse(line).orElseThrow().algorithm())
                        .toList());
    }

    @Test
    void whoKnowsThePasswordIsLetIn() {
        // RFC 7616 §3.4; with either algorithm, to either demand, and without qop
        assertEquals(new Proof.Given("alice"), verify(register(answer(challenge(), ALICE))));
        SipResponse md5 = new SipResponse(401, "", challenge().headers().subList(1, 2), new byte[0]);
        assertEquals(new Proof.Given("alice"), verify(register(answer(md5, ALICE))));
        Header old = changed(changed(md5.headers().getFirst(), ", qop=\"auth\"", ""), ", algorithm=MD5", "");
        assertEquals(
                new Proof.Given("alice"),
                verify(register(answer(new SipResponse(401, "", List.of(old), new byte[0]), ALICE))));
        SipResponse proxy = response(server.challenge(register(), Demand.PROXY, PHONE));
        Header toProxy = client.answer(proxy, "REGISTER", URI, ALICE).orElseThrow();
        assertEquals("Proxy-Authorization", toProxy.name());
        assertEquals(
                new Proof.Given("alice"), server.verify(register(toProxy), Demand.PROXY, PHONE, DigestTest::password));
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        // RFC 7616 §5.3 and threat of guessing users: status, text and headers alike, but for the nonce
        Proof.Wanting wrong = assertInstanceOf(
                Proof.Wanting.class, verify(register(answer(challenge(), new Credentials("alice", "x")))));
        Proof.Wanting unknown = assertInstanceOf(
                Proof.Wanting.class, verify(register(answer(challenge(), new Credentials("bob", "x")))));
        assertEquals(Proof.Why.WRONG, wrong.why());
        assertEquals(Proof.Why.WRONG, unknown.why());
        assertEquals(shape(wrong.answer()), shape(unknown.answer()));
        assertFalse(Challenge.parse(wrong.answer().headers().getFirst().value())
                .orElseThrow()
                .stale());
    }

    private static String shape(Refusal refusal) {
        StringBuilder shape = new StringBuilder().append(refusal.status()).append(refusal.reason());
        for (Header header : refusal.headers()) {
            Challenge challenge = Challenge.parse(header.value()).orElseThrow();
            shape.append(header.name()).append(header.value().replace(challenge.nonce(), "N"));
        }
        return shape.toString();
    }

    @Test
    void withoutDigestForOurRealmTheProofIsAbsent() {
        // RFC 4475 §3.3.7: an unknown scheme is as good as none; RFC 3261 §22.3: credentials for others are not ours
        assertEquals(Proof.Why.ABSENT, why(verify(register())));
        assertEquals(
                Proof.Why.ABSENT,
                why(verify(register(new Header("Authorization", "NoOneKnowsThisScheme opaque-data=here")))));
        Header ours = answer(challenge(), ALICE);
        Header others = changed(ours, REALM + "\", nonce", "elsewhere\", nonce");
        assertEquals(Proof.Why.ABSENT, why(verify(register(others))));
        assertEquals(new Proof.Given("alice"), verify(register(others, ours)));
        assertEquals(
                401,
                assertInstanceOf(Proof.Wanting.class, verify(register()))
                        .answer()
                        .status());
    }

    @Test
    void anAnswerIsGoodOnce() {
        // RFC 7616 §5.12: a captured header does not work again; a higher count does, a lower one does not
        SipResponse challenge = challenge();
        Header first = answer(challenge, ALICE);
        assertEquals(new Proof.Given("alice"), verify(register(first)));
        Proof.Wanting replay = assertInstanceOf(Proof.Wanting.class, verify(register(first)));
        assertEquals(Proof.Why.STALE, replay.why());
        assertTrue(Challenge.parse(replay.answer().headers().getFirst().value())
                .orElseThrow()
                .stale());
        assertEquals(new Proof.Given("alice"), verify(register(counted(challenge, "0000000a"))));
        assertEquals(Proof.Why.STALE, why(verify(register(counted(challenge, "00000009")))));
        assertEquals(new Proof.Given("alice"), verify(register(counted(challenge, "0000000B"))));
    }

    private static Header counted(SipResponse response, String count) {
        Challenge challenge = DigestClient.challenge(response).orElseThrow();
        String proof = challenge
                .algorithm()
                .response("alice", REALM, "wonderland", "REGISTER", URI, challenge.nonce(), count, "c");
        Optional<Authorization.Count> by = Optional.of(new Authorization.Count(count, "c"));
        return new Header(
                "Authorization",
                new Authorization(
                                "alice",
                                REALM,
                                challenge.nonce(),
                                URI,
                                proof,
                                challenge.algorithm(),
                                Optional.empty(),
                                by)
                        .value());
    }

    @Test
    void withoutACountTheNonceIsGoodOnce() {
        // RFC 7616 §5.12: nothing in an old answer tells its repetitions apart
        Header line = changed(challenge().headers().getLast(), ", qop=\"auth\"", "");
        Header old = answer(new SipResponse(401, "", List.of(line), new byte[0]), ALICE);
        assertEquals(new Proof.Given("alice"), verify(register(old)));
        assertEquals(Proof.Why.STALE, why(verify(register(old))));
    }

    @Test
    void anOldOrForeignNonceIsStale() {
        // RFC 7616 §3.3: stale=TRUE, whether or not the password was right: who brings a nonce of his own learns
        // nothing
        Header old = answer(challenge(), ALICE);
        time.forward(DigestServer.LIFETIME.plusSeconds(1));
        assertEquals(Proof.Why.STALE, why(verify(register(old))));
        DigestServer other = new DigestServer(time, dice, REALM);
        assertEquals(
                Proof.Why.STALE,
                why(verify(register(answer(response(other.challenge(register(), Demand.SERVER, PHONE)), ALICE)))));
        assertEquals(
                Proof.Why.STALE,
                why(verify(
                        register(answer(response(server.challenge(register(), Demand.SERVER, "192.0.2.8")), ALICE)))));
        SipResponse foreign = response(server.challenge(register(), Demand.SERVER, "192.0.2.8"));
        assertEquals(Proof.Why.STALE, why(verify(register(answer(foreign, new Credentials("alice", "guess"))))));
        Header made = answer(challenge(), ALICE);
        time.forward(DigestServer.LIFETIME);
        assertEquals(new Proof.Given("alice"), verify(register(made)));
    }

    @Test
    void aCapturedAnswerFitsNoOtherRequest() {
        // RFC 7616 §3.4.6, §5.8: another method, another URI, another count, another nonce
        Header captured = answer(challenge(), ALICE);
        SipRequest invite = new SipRequest("INVITE", URI, List.of(captured), new byte[0]);
        assertEquals(Proof.Why.WRONG, why(verify(invite)));
        SipRequest elsewhere =
                new SipRequest("REGISTER", "sip:900123@teleapi.example.com", List.of(captured), new byte[0]);
        assertEquals(Proof.Why.WRONG, why(verify(elsewhere)));
        assertEquals(Proof.Why.WRONG, why(verify(register(changed(captured, "nc=00000001", "nc=00000002")))));
        assertEquals(Proof.Why.WRONG, why(verify(register(changed(captured, "SHA-256", "MD5")))));
        // the very one is still good: those tries used nothing up
        assertEquals(new Proof.Given("alice"), verify(register(captured)));
    }

    @Test
    void aUriThatIsTheSameByTheRulesWillDo() {
        // RFC 3261 §19.1.4: some phones write the host in capitals
        Header answer = client.answer(challenge(), "REGISTER", "sip:TeleAPI.example.com", ALICE)
                .orElseThrow();
        assertEquals(new Proof.Given("alice"), verify(register(answer)));
    }

    private Proof guess(String user, String source) {
        SipResponse asked = response(server.challenge(register(), Demand.SERVER, source));
        Header answer = answer(asked, new Credentials(user, user.equals("alice") ? "wonderland" : "guess"));
        return server.verify(register(answer), Demand.SERVER, source, DigestTest::password);
    }

    private Proof wrong(String source) {
        SipResponse asked = response(server.challenge(register(), Demand.SERVER, source));
        Header answer = answer(asked, new Credentials("alice", "guess"));
        return server.verify(register(answer), Demand.SERVER, source, DigestTest::password);
    }

    @Test
    void whoIsWrongAgainAndAgainIsHeardEverMoreSeldom() {
        // reliability.md S1: exponential by source and user; the right password from elsewhere works all the while
        int heard = 0;
        for (int second = 0; second < 600; second++) {
            heard += why(wrong("192.0.2.66")) == Proof.Why.WRONG ? 1 : 0;
            time.forward(Duration.ofSeconds(1));
        }
        // five, then after 1, 2, 4, 8, 16, 32, 64, 64 … s
        assertEquals(19, heard);
        assertEquals(new Proof.Given("alice"), verify(register(answer(challenge(), ALICE))));
        // who knows it at last waits like everybody, and then is as good as new
        assertEquals(Proof.Why.UNHEARD, why(guess("alice", "192.0.2.66")));
        time.forward(Duration.ofSeconds(64));
        assertEquals(new Proof.Given("alice"), guess("alice", "192.0.2.66"));
        assertEquals(Proof.Why.WRONG, why(wrong("192.0.2.66")));
        assertEquals(new Proof.Given("alice"), guess("alice", "192.0.2.66"));
    }

    @Test
    void ofTenThousandGuessesFromOneAddressAHundredAreLookedAtInAMinute() {
        // reliability.md R23, S1: whatever users are named; a user who was right from there before is not affected
        assertEquals(new Proof.Given("alice"), guess("alice", "192.0.2.66"));
        long heard = IntStream.range(0, 10_000)
                .filter(n -> why(guess("user" + n, "192.0.2.66")) == Proof.Why.WRONG)
                .count();
        assertEquals(100, heard);
        assertEquals(new Proof.Given("alice"), guess("alice", "192.0.2.66"));
        assertEquals(Proof.Why.UNHEARD, why(guess("carol", "192.0.2.66")));
        time.forward(Duration.ofSeconds(61));
        assertEquals(Proof.Why.WRONG, why(guess("carol", "192.0.2.66")));
    }

    @Test
    void whatIsNotHeardLooksLikeWhatIsWrong() {
        // reliability.md S1: the answer tells nothing
        Refusal first =
                assertInstanceOf(Proof.Wanting.class, wrong("192.0.2.66")).answer();
        IntStream.range(0, 4).forEach(n -> wrong("192.0.2.66"));
        Proof.Wanting unheard = assertInstanceOf(Proof.Wanting.class, wrong("192.0.2.66"));
        assertEquals(Proof.Why.UNHEARD, unheard.why());
        assertEquals(shape(first), shape(unheard.answer()));
    }

    @Test
    void credentialsThatAreBrokenAreWrong() {
        // RFC 7616 §3.4: all parameters once, qop=auth with count and cnonce, an algorithm we offered
        String good = answer(challenge(), ALICE).value();
        List<String> broken = new ArrayList<>(
                List.of("Digest ", "Digest x", "Digest username=\"alice", "Digest username=\"alice\","));
        broken.add(good.replace("nc=00000001", "nc=1"));
        broken.add(good.replace("nc=00000001, ", ""));
        broken.add(good.replace("qop=auth", "qop=auth-int"));
        broken.add(good.replace("SHA-256", "SHA-512-256"));
        broken.add(good.replace("username=", "user="));
        broken.add(good + ", username=\"bob\"");
        for (String value : broken) {
            assertNotEquals(good, value);
            assertEquals(Proof.Why.WRONG, why(verify(register(new Header("Authorization", value)))), value);
        }
    }

    @Test
    void theClientTakesTheFirstChallengeItUnderstands() {
        // RFC 8760 §2.4; RFC 7616 §3.3: opaque comes back as it was
        SipResponse response = new SipResponse(
                407,
                "",
                List.of(
                        new Header("Proxy-Authenticate", "Bearer realm=\"x\""),
                        new Header(
                                "Proxy-Authenticate",
                                "Digest realm=\"x\", nonce=\"1\", algorithm=SHA-512-256, qop=\"auth\""),
                        new Header("Proxy-Authenticate", "Digest realm=\"x\", nonce=\"2\", qop=\"auth-int\""),
                        new Header(
                                "Proxy-Authenticate",
                                "DIGEST Realm=\"a \\\"b\\\"\", nonce=\"3\", opaque=\"o\", qop=\"auth-int,auth\","
                                        + " stale=true")),
                new byte[0]);
        Authorization answer = Authorization.parse(client.answer(response, "INVITE", "sip:b@c", ALICE)
                        .orElseThrow()
                        .value())
                .orElseThrow();
        assertEquals("3", answer.nonce());
        assertEquals("a \"b\"", answer.realm());
        assertEquals(Optional.of("o"), answer.opaque());
        assertEquals(Algorithm.MD5, answer.algorithm());
        assertTrue(DigestClient.challenge(response).orElseThrow().stale());
        assertEquals(
                Optional.empty(),
                client.answer(new SipResponse(403, "", response.headers(), new byte[0]), "INVITE", "sip:b@c", ALICE));
        assertEquals(
                Optional.empty(),
                client.answer(new SipResponse(401, "", response.headers(), new byte[0]), "INVITE", "sip:b@c", ALICE));
    }

    @Test
    void whatIsForgottenCannotBeReplayed() {
        // Bound: 10,000 used nonces; one that was pushed out counts as stale, not as new
        Header first = answer(challenge(), ALICE);
        assertEquals(new Proof.Given("alice"), verify(register(first)));
        Header waiting = answer(challenge(), ALICE);
        Nonces nonces = new Nonces(time, dice, Duration.ofMinutes(3));
        String captured = nonces.make(PHONE);
        assertTrue(nonces.use(captured, 1));
        for (int i = 0; i < 10_000; i++) {
            time.forward(Duration.ofMillis(1));
            assertTrue(nonces.use(nonces.make(PHONE), 1));
        }
        assertFalse(nonces.use(captured, 1));
        assertFalse(nonces.use(captured, 2));
        assertTrue(nonces.use(nonces.make(PHONE), 1));
        assertEquals(new Proof.Given("alice"), verify(register(waiting)));
    }

    @Test
    void noSecretStandsInText() {
        // House rule: no secret in a log
        Authorization answer =
                Authorization.parse(answer(challenge(), ALICE).value()).orElseThrow();
        assertFalse(answer.toString().contains(answer.response()));
        assertFalse(ALICE.toString().contains("wonderland"));
    }
}
