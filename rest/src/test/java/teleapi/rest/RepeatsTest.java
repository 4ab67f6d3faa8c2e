package teleapi.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.call.CallStatus;
import teleapi.call.Modification;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.records.CallRecord;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/** Requests that come twice without a key, byte for byte over sockets. */
final class RepeatsTest {
    private static final String DIGITS = "Mute=true&SendDigits=1";

    private final House house = new House();
    private final CallRecord call = house.memory.call(House.PARENT, CallStatus.IN_PROGRESS);
    private final String calls = House.nativeBase(House.PARENT) + "/Calls.json";
    private final String uri = calls + "/" + call.sid();

    @AfterEach
    void close() {
        house.close();
    }

    private Wire.Answer post(String target, String form) {
        return Wire.exchange(house, target, form, "").orElseThrow();
    }

    /** From now on the call takes modifications and tells nothing of them until {@link #apply}. */
    private void holdAnswers() {
        house.memory.outcome.set(List.of());
    }

    private void apply(Modification modification) {
        modification
                .told()
                .accept(new ModificationStatus(
                        modification.sid(),
                        State.APPLIED,
                        0,
                        "",
                        Map.of(),
                        call,
                        teleapi.call.ControlState.NONE,
                        java.util.Optional.empty()));
    }

    /** Waits until so many have reached the call. */
    private Modification reached(int count) {
        Deadline deadline = house.memory.world.time().after(Duration.ofSeconds(20));
        while (house.memory.modifications.size() < count && !deadline.passed(house.memory.world.time())) {
            house.memory
                    .world
                    .<Boolean>mailbox("look again", 1)
                    .take(house.memory.world.time().after(Duration.ofMillis(5)));
        }
        assertEquals(count, house.memory.modifications.size());
        return List.copyOf(house.memory.modifications).getLast();
    }

    /** Sends it and leaves before it is answered; the answer goes nowhere. */
    private void postAndLeave(String form) {
        int before = house.memory.modifications.size();
        holdAnswers();
        try (Wire wire = Wire.to(house)) {
            wire.post(uri, form, "").leave();
            apply(reached(before + 1));
            wire.end();
        }
        house.memory.outcome.set(List.of(State.APPLIED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mute=true", "Url=http://app.example/next", "Status=completed"})
    void aRepeatBeforeTheAnswerSharesIt(String form) {
        // ADR-0012 (a); reliability.md part 3, 7: hang-up, mute and unmute are idempotent by nature
        holdAnswers();
        try (Wire first = Wire.to(house);
                Wire second = Wire.to(house)) {
            first.post(uri, form, "");
            reached(1);
            second.post(uri, form, "");
            Wire.Answer answer = first.answer();
            Wire.Answer repeat = second.answer();
            assertEquals(202, answer.status());
            assertFalse(answer.replayed());
            assertTrue(repeat.replayed());
            assertEquals(answer.body(), repeat.body());
            assertEquals(answer.headers().get("etag"), repeat.headers().get("etag"));
        }
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void whoClosesBeforeTheAnswerAndSendsAgainIsAnsweredWithTheFirst() {
        // ADR-0012 (c): the answer could not be written to the client
        postAndLeave(DIGITS);
        Wire.Answer repeat = post(uri, DIGITS);
        assertEquals(200, repeat.status());
        assertTrue(repeat.replayed());
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void whoHasGotTheLostAnswerAndSendsAgainMeansIt() {
        // ADR-0012: a lost answer is given once
        postAndLeave(DIGITS);
        assertTrue(post(uri, DIGITS).replayed());
        assertFalse(post(uri, DIGITS).replayed());
        assertEquals(2, house.memory.modifications.size());
    }

    @Test
    void whatWasHeardIsDoneAgainWhenItIsAskedForAgain() {
        // ADR-0012: two button presses are two
        assertFalse(post(uri, DIGITS).replayed());
        assertFalse(post(uri, DIGITS).replayed());
        assertEquals(2, house.memory.modifications.size());
    }

    @Test
    void whatIsHeardEachTimeIsDoneAgainWhileTheFirstRuns() {
        // ADR-0012 (a): not SendDigits, Play, Say, Record, which are not idempotent by nature
        holdAnswers();
        try (Wire first = Wire.to(house);
                Wire second = Wire.to(house)) {
            first.post(uri, DIGITS, "");
            reached(1);
            second.post(uri, DIGITS, "");
            reached(2);
            house.memory.modifications.forEach(this::apply);
            assertFalse(first.answer().replayed());
            assertFalse(second.answer().replayed());
        }
    }

    @Test
    void anEarlierOneCountsOnlyWhileNothingElseHasChangedTheCall() {
        // ADR-0012: never fold Mute=true after Mute=false after Mute=true
        postAndLeave("Mute=true");
        assertFalse(post(uri, "Mute=false").replayed());
        assertFalse(post(uri, "Mute=true").replayed());
        assertEquals(3, house.memory.modifications.size());
        postAndLeave("Mute=true");
        assertFalse(house.post(uri, "Mute=false", "Idempotency-Key", "k")
                .headers()
                .firstValue("Idempotent-Replayed")
                .isPresent());
        assertFalse(post(uri, "Mute=true").replayed());
    }

    @Test
    void twoThatCrossSpoilEachOther() {
        // ADR-0012: nobody can tell which of them the call has taken last
        holdAnswers();
        try (Wire on = Wire.to(house);
                Wire off = Wire.to(house);
                Wire again = Wire.to(house)) {
            on.post(uri, "Mute=true", "");
            reached(1);
            off.post(uri, "Mute=false", "");
            reached(2);
            again.post(uri, "Mute=true", "");
            reached(3);
            house.memory.modifications.forEach(this::apply);
            assertFalse(on.answer().replayed());
            assertFalse(off.answer().replayed());
            assertFalse(again.answer().replayed());
        }
    }

    @Test
    void aRefusedRequestInBetweenHasChangedNothing() {
        // ADR-0012: in between counts what was accepted
        postAndLeave(DIGITS);
        assertEquals(400, post(uri, "Mute=perhaps").status());
        assertTrue(post(uri, DIGITS).replayed());
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void anotherClientIsNotFolded() {
        // ADR-0012: same credentials, address, User-Agent, target and body
        postAndLeave(DIGITS);
        assertFalse(Wire.exchange(house, uri, DIGITS, "Accept: a/b\r\n")
                .orElseThrow()
                .replayed());
        postAndLeave(DIGITS);
        try (Wire other = Wire.from("127.0.0.2", house)) {
            assertFalse(other.post(uri, DIGITS, "").answer().replayed());
        }
        assertEquals(4, house.memory.modifications.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mute=true", DIGITS})
    void anSdkThatSendsThriceOn500HasOneEffect(String form) {
        // peers.md 2.10: the Java SDK sends 3 POSTs on 500, about 100 ms apart; ADR-0012 (b)
        house.memory.faulty.set(true);
        Wire.Answer first = post(uri, form);
        house.memory.faulty.set(false);
        assertEquals(500, first.status());
        for (int i = 0; i < 2; i++) {
            Wire.Answer repeat = post(uri, form);
            assertEquals(first.body(), repeat.body());
            assertTrue(repeat.replayed());
        }
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void anSdkThatSendsSixTimesOn503IsLetInWhenThereIsRoomAndHasOneEffect() {
        // peers.md 2.10: 503 gets 6 POSTs; 503 says that nothing was done, so the next one is tried in earnest
        house.memory.refusing.set(true);
        assertEquals(503, post(uri, DIGITS).status());
        assertEquals(503, post(uri, DIGITS).status());
        house.memory.refusing.set(false);
        Wire.Answer third = post(uri, DIGITS);
        assertEquals(200, third.status());
        assertFalse(third.replayed());
        assertEquals(1, house.memory.modifications.size());
    }

    @Test
    void aLostCreationIsNotMadeTwice() {
        // ADR-0012 (c) for POST Calls; peers.md part 4 row 25: retry after a time-out creates duplicate calls
        String form = House.form("To", "client:bob", "From", "+15550001", "Url", "http://app.example/");
        Mailbox<Boolean> left = house.memory.world.mailbox("the client has left", 1);
        house.memory.beforeCreation.set(
                () -> left.take(house.memory.world.time().after(Duration.ofSeconds(20))));
        try (Wire wire = Wire.to(house)) {
            wire.post(calls, form, "").leave();
            left.post(true);
            Wire.Answer lost = wire.answer();
            house.memory.beforeCreation.set(() -> {});
            wire.end();
            Wire.Answer repeat = post(calls, form);
            assertTrue(repeat.replayed());
            assertEquals(lost.body(), repeat.body());
        }
        assertEquals(1, house.memory.created.size());
        assertFalse(post(calls, form).replayed());
        assertFalse(post(calls, form).replayed());
        assertEquals(3, house.memory.created.size());
    }

    @Test
    void aRequestThatComesWhileTheFirstIsAtWorkIsNotLost() {
        // RFC 9112 9.3.2: pipelining; the look whether a client is still there must not eat what it has sent
        holdAnswers();
        try (Wire wire = Wire.to(house)) {
            wire.post(uri, "Mute=true", "");
            Modification first = reached(1);
            wire.post(uri, "Mute=false", "");
            apply(first);
            assertEquals(200, wire.answer().status());
            apply(reached(2));
            Wire.Answer second = wire.answer();
            assertEquals(200, second.status());
            wire.post(uri, "Mute=true", "");
            apply(reached(3));
            assertNotEquals(second.body(), wire.answer().body());
        }
    }
}
