package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

@Timeout(30)
class RealMailboxTest {
    private final RealWorld world = RealWorld.create();

    private record Numbered(int poster, int number) {}

    @Test
    void messagesAreTakenInTheOrderOfPosting() {
        // Rule: order of posting is the order of taking (Mailbox, "Shape"), also across several refills.
        Mailbox<Integer> box = world.mailbox("box", 100);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            assertTrue(box.post(i));
            if (i % 3 == 2) {
                taken.add(box.take(Deadline.NEVER).orElseThrow());
                taken.add(box.take(Deadline.NEVER).orElseThrow());
            }
        }
        taken.addAll(box.close());
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), taken);
    }

    @Test
    void nothingIsLostOrReorderedUnderManyPosters() {
        // Rule: the order of each poster is kept and every accepted message is taken once (Mailbox, "Shape").
        int posters = 8;
        int each = 20_000;
        Mailbox<Numbered> box = world.mailbox("box", 10);
        for (int p = 0; p < posters; p++) {
            int poster = p;
            world.start("poster " + p, () -> {
                for (int i = 0; i < each; i++) {
                    box.post(new Numbered(poster, i));
                }
            });
        }
        int[] next = new int[posters];
        for (int i = 0; i < posters * each; i++) {
            Numbered message = box.take(Deadline.NEVER).orElseThrow();
            assertEquals(next[message.poster()]++, message.number());
        }
        assertEquals(List.of(), box.close());
    }

    @Test
    void aWaitEndsAtItsOwnDeadlineWhateverWasWaitedForBefore() throws Exception {
        // The box of a script has one alarm: a later one must not put off an earlier deadline, nor an earlier one end a
        // later wait.
        Mailbox<String> box = world.mailbox("box", 10);
        for (long wait : List.of(3_600_000L, 60L, 20L, 3_600_000L, 90L, 3_600_000L, 40L)) {
            boolean told = wait > 1_000;
            Deadline deadline = world.time().after(Duration.ofMillis(wait));
            Waiter waiter = new Waiter(box, deadline);
            if (told) {
                waiter.waits();
                box.post("told");
            }
            assertEquals(told, waiter.taken().isPresent(), wait + " ms");
            assertEquals(!told, deadline.passed(world.time()), wait + " ms");
        }
    }

    @Test
    void aMessageThatComesWithTheDeadlineIsNeitherLostNorWaitedFor() throws Exception {
        Mailbox<Integer> box = world.mailbox("box", 10);
        var taken = new CompletableFuture<Integer>();
        world.start("script", () -> {
            int sum = 0;
            for (int i = 0; i < 2_000; i++) {
                world.start("poster", () -> box.post(1));
                sum += box.take(world.time().after(Duration.ofNanos(30_000))).orElse(0);
            }
            while (sum < 2_000) {
                sum += box.take(world.time().after(Duration.ofSeconds(20))).orElseThrow();
            }
            taken.complete(sum);
        });
        assertEquals(2_000, taken.get(25, TimeUnit.SECONDS));
        assertEquals(List.of(), box.close());
    }

    @Test
    void aClosedBoxIsForgottenBeforeItsDeadline() throws Exception {
        // Calls of hours end after minutes.
        WeakReference<Mailbox<String>> closed = closed();
        Eventually.holds(() -> {
            System.gc();
            return closed.get() == null;
        });
    }

    private WeakReference<Mailbox<String>> closed() throws Exception {
        Mailbox<String> box = world.mailbox("box", 10);
        Waiter waiter = new Waiter(box, world.time().after(Duration.ofHours(4)));
        waiter.waits();
        box.post("told");
        assertEquals(Optional.of("told"), waiter.taken());
        box.close();
        return new WeakReference<>(box);
    }

    /** A script that takes once. */
    private static final class Waiter {
        private final CompletableFuture<Optional<String>> taken = new CompletableFuture<>();
        private final Thread thread;

        Waiter(Mailbox<String> box, Deadline deadline) {
            thread = Thread.ofVirtual().start(() -> taken.complete(box.take(deadline)));
        }

        void waits() {
            Eventually.holds(() -> thread.getState() == Thread.State.WAITING);
        }

        Optional<String> taken() throws Exception {
            return taken.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anOfferIsRefusedWhenTheBoxIsFullAndAPostIsNot() {
        // Rule: offer is bounded by the capacity, post only by the close (Mailbox).
        Mailbox<String> box = world.mailbox("box", 2);
        assertTrue(box.offer("a"));
        assertTrue(box.offer("b"));
        assertFalse(box.offer("c"));
        assertTrue(box.post("d"));
        assertEquals(Optional.of("a"), box.take(Deadline.NEVER));
        assertFalse(box.offer("e"));
        assertEquals(Optional.of("b"), box.take(Deadline.NEVER));
        assertTrue(box.offer("f"));
        assertEquals(List.of("d", "f"), box.close());
    }

    @Test
    void aClosedBoxRefusesAndGivesNothing() {
        // Rule: close refuses everything from then on (Mailbox.close); a take then must not wait for what cannot come.
        Mailbox<String> box = world.mailbox("box", 2);
        assertEquals(List.of(), box.close());
        assertFalse(box.offer("a"));
        assertFalse(box.post("b"));
        assertEquals(Optional.empty(), box.take(Deadline.NEVER));
        assertEquals(List.of(), box.close());
    }

    @Test
    void everyMessageIsEitherRefusedOrTakenOrHandedBackWhenTheBoxClosesUnderPosters() throws Exception {
        // Rule: nothing is accepted and lost at a close (ARCHITECTURE, "Who owns what" 4).
        for (int round = 0; round < 50; round++) {
            int posters = 4;
            Mailbox<Numbered> box = world.mailbox("box", 1_000);
            List<List<Numbered>> accepted = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(posters);
            CountDownLatch ended = new CountDownLatch(posters);
            for (int p = 0; p < posters; p++) {
                int poster = p;
                List<Numbered> own = new ArrayList<>();
                accepted.add(own);
                // Platform threads: virtual ones that never wait would keep their carriers from each other.
                Thread.ofPlatform().daemon().start(() -> {
                    begun.countDown();
                    for (int i = 0; i < 100_000; i++) {
                        Numbered message = new Numbered(poster, i);
                        if (!box.post(message)) {
                            break;
                        }
                        own.add(message);
                    }
                    ended.countDown();
                });
            }
            begun.await();
            List<Numbered> seen = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                seen.add(box.take(Deadline.NEVER).orElseThrow());
            }
            seen.addAll(box.close());
            ended.await();
            for (int p = 0; p < posters; p++) {
                int poster = p;
                assertEquals(
                        accepted.get(p),
                        seen.stream().filter(m -> m.poster() == poster).toList());
            }
        }
    }

    @Test
    void takeIsEmptyAfterTheDeadlineAndNotBefore() {
        // Rule: take is empty once the deadline has passed and nothing is there (Mailbox.take).
        Mailbox<String> box = world.mailbox("box", 2);
        Deadline deadline = world.time().after(Duration.ofMillis(15));
        assertEquals(Optional.empty(), box.take(deadline));
        assertTrue(deadline.passed(world.time()));
    }

    @Test
    void whatIsThereIsTakenEvenIfTheDeadlineHasPassed() {
        // Rule: a deadline ends waiting, not taking (Mailbox.take).
        Mailbox<String> box = world.mailbox("box", 2);
        box.post("a");
        assertEquals(Optional.of("a"), box.take(new Deadline(world.time().nanos() - 1)));
    }

    @Test
    void aParkedTakerIsWokenByAPostOnAnyKindOfThread() throws Exception {
        // Rule: take works from virtual and platform threads (Mailbox.take).
        for (Thread.Builder kind :
                List.of(Thread.ofVirtual(), Thread.ofPlatform().daemon())) {
            Mailbox<String> box = world.mailbox("box", 2);
            CompletableFuture<Optional<String>> taken = new CompletableFuture<>();
            Thread taker = kind.start(() -> taken.complete(box.take(Deadline.NEVER)));
            while (taker.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            box.post("a");
            assertEquals(Optional.of("a"), taken.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void pingAndPongNeverMissAWakeUp() {
        // Rule: a post between the last look and the park must end the park (RealMailbox.waiting).
        int rounds = 50_000;
        Mailbox<Integer> ping = world.mailbox("ping", 1);
        Mailbox<Integer> pong = world.mailbox("pong", 1);
        world.start("echo", () -> {
            for (int i = 0; i < rounds; i++) {
                pong.offer(ping.take(Deadline.NEVER).orElseThrow());
            }
        });
        for (int i = 0; i < rounds; i++) {
            assertTrue(ping.offer(i));
            assertEquals(Optional.of(i), pong.take(Deadline.NEVER));
        }
    }

    @Test
    void aStartedThreadIsNamedCountedAndItsFailureIsCounted() throws Exception {
        // Rule: an exception that leaves a body is logged with the name (World.start); here: counted, and the thread is
        // gone.
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentHashMap<String, Boolean> names = new ConcurrentHashMap<>();
        Mailbox<String> started = world.mailbox("started", 1);
        world.start("call CA12", () -> {
            names.put(Thread.currentThread().getName(), Thread.currentThread().isVirtual());
            started.post("yes");
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("on purpose");
        });
        started.take(Deadline.NEVER);
        assertEquals(1, world.live().threads());
        assertEquals(Map.of("call CA12", true), names);
        go.countDown();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(1, world.failures());
    }
}
