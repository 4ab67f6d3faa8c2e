package teleapi.flows.cells;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cell of the table: a request in a situation, and what should come of it.
 *
 * <pre>
 * Source  docs/api/live-call-modification.md; CONTRACT section 2 "Rules"
 * </pre>
 */
public record Cell(Request request, Situation situation) {
    /** While a key sounds, nothing else does. */
    private static final Duration KEY = Duration.ofMillis(300);

    private static final int GONE = 410;
    private static final int CALL_ENDED = 21220;
    private static final int CONFLICT = 409;
    private static final int STATE_FORBIDS = 29409;

    public static List<Cell> all() {
        return java.util.Arrays.stream(Situation.values())
                .flatMap(situation ->
                        java.util.Arrays.stream(Request.values()).map(request -> new Cell(request, situation)))
                .toList();
    }

    @Override
    public String toString() {
        return (request + " × " + situation).toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** What the API answers. */
    int status() {
        return switch (situation.state()) {
            case ENDED -> GONE;
            case LEG_RINGS ->
                switch (request) {
                    case CANCELED, COMPLETED, MUTE, DEAF, HOLD, TIME_LIMIT -> 200;
                    default -> CONFLICT;
                };
            case QUEUED, RINGING, UNANSWERED ->
                switch (request) {
                    case CONNECTED_MOVE, CONNECTED_HOLD, CONNECTED_URL, OVERLAY -> CONFLICT;
                    case CONNECT_TO, CONNECT_TO_ONE_THAT_RINGS -> CONFLICT;
                    case PLAY, SAY, SEND_DIGITS -> CONFLICT;
                    default -> 200;
                };
            case PARENT_RINGS, IN_PROGRESS ->
                (request.needsConnected() && !talks()) || request == Request.CONNECT_TO_ONE_THAT_RINGS ? CONFLICT : 200;
        };
    }

    private boolean talks() {
        return switch (situation) {
            case DIALLED,
                    DIALLED_BY,
                    MADE_BY_THE_API_AND_DIALLED,
                    DIALLED_BY_ONE_OF_THE_API,
                    CLIENT_TO_CLIENT_CALLER,
                    CLIENT_TO_CLIENT_CALLEE -> true;
            default -> false;
        };
    }

    /** Plays it; answers the gaps that were heard. */
    public List<String> play(Stage stage) {
        var scene = new Scene(stage);
        new Run(scene, situation.begin(scene)).play();
        scene.end();
        return scene.gaps();
    }

    /** One playing of this cell. */
    private final class Run {
        private final Scene scene;
        private final Cast cast;
        private final Player target;
        private int mark;
        private long answered;

        Run(Scene scene, Cast cast) {
            this.scene = scene;
            this.cast = cast;
            this.target = cast.target();
        }

        void play() {
            scene.has("/third", "<Pause length=\"60\"/>");
            if (request == Request.CONNECT_TO_ONE_THAT_RINGS) {
                scene.creates(Player.CAROL, "/third");
                scene.rings(Player.CAROL);
            }
            if (request == Request.CONNECT_TO) {
                scene.creates(Player.CAROL, "/third");
                scene.invited(Player.CAROL);
                scene.answers(Player.CAROL);
                scene.hears(Player.CAROL, Heard.SILENCE);
            }
            scene.has(
                    "/overlay",
                    "<Gather numDigits=\"1\" timeout=\"60\" action=\"%s\">%s</Gather>"
                            .formatted(scene.stage.url("/thanks"), scene.play(Tone.NEW)));
            mark = scene.mark();
            Answer answer = scene.modifies(target, request.form(scene));
            answered = scene.stage.nanos();
            scene.same(Cell.this + ", status", status(), answer.status());
            scene.same(
                    Cell.this + ", code",
                    status() == GONE ? CALL_ENDED : status() == CONFLICT ? STATE_FORBIDS : 0,
                    answer.code());
            switch (situation.state()) {
                case QUEUED, RINGING -> notAnswered(() -> scene.answers(target), Player.BOB);
                case UNANSWERED -> notAnswered(() -> scene.stage.letsGo("/incoming"), Player.BOB);
                case PARENT_RINGS -> parentRings();
                case LEG_RINGS -> legRings();
                case IN_PROGRESS -> inProgress();
                case ENDED -> {}
            }
        }

        // ---- queued, ringing, not answered

        /** {@code next} is what the call waits for; its first document dials. */
        private void notAnswered(Runnable next, Player dialled) {
            boolean inbound = situation.state() == State.UNANSWERED;
            if (status() == CONFLICT) {
                next.run();
                goesOn(inbound, dialled);
                scene.talk(target, dialled);
                return;
            }
            switch (request) {
                case CANCELED, COMPLETED -> dropped(inbound);
                case TIME_LIMIT -> dropped(inbound);
                case MUTE, DEAF, HOLD -> {
                    next.run();
                    goesOn(inbound, dialled);
                    controlled(dialled);
                }
                default -> {
                    if (!inbound) {
                        next.run();
                    } else {
                        scene.taken(target);
                    }
                    scene.hears(target, Heard.of(Tone.NEW));
                    scene.same("requests for the first document", 0L, scene.requests("/first", asked -> true));
                }
            }
            if (inbound) {
                // Too late: what is answered now has no effect.
                next.run();
            }
        }

        private void dropped(boolean inbound) {
            if (inbound) {
                scene.isRefused(target, 603);
            } else {
                scene.getsCancel(target);
            }
        }

        private void goesOn(boolean inbound, Player dialled) {
            if (inbound) {
                scene.taken(target);
            }
            scene.invited(dialled);
            scene.answers(dialled);
        }

        // ---- a Dial that rings

        private void parentRings() {
            Player first = cast.ringing().getFirst();
            if (status() == CONFLICT) {
                answeredBy(first);
                scene.talk(target, first);
                return;
            }
            switch (request) {
                case CANCELED -> {
                    answeredBy(first);
                    scene.talk(target, first);
                }
                case COMPLETED, TIME_LIMIT -> {
                    cast.ringing().forEach(scene::getsCancel);
                    scene.getsBye(target);
                    doneOnce("ended");
                }
                case MUTE, DEAF, HOLD -> {
                    answeredBy(first);
                    controlled(first);
                }
                case OVERLAY -> {
                    scene.hears(target, Heard.of(Tone.NEW));
                    overlayEnds();
                    scene.hears(target, Heard.OTHER);
                    answeredBy(first);
                    scene.talk(target, first);
                }
                case PLAY -> {
                    scene.hears(target, Heard.of(Tone.OVER));
                    answeredBy(first);
                    scene.hears(target, Heard.of(first).and(Tone.OVER));
                    scene.hears(first, Heard.of(target));
                    stopsPlay();
                    scene.talk(target, first);
                }
                case SAY, SEND_DIGITS -> {
                    digits();
                    answeredBy(first);
                    scene.hearsAtLast(target, Heard.of(first));
                    scene.talk(target, first);
                }
                case CONNECT_TO -> {
                    cast.ringing().forEach(scene::getsCancel);
                    scene.talk(target, Player.CAROL);
                    doneOnce("redirect");
                }
                default -> {
                    cast.ringing().forEach(scene::getsCancel);
                    scene.hears(target, Heard.of(Tone.NEW));
                    doneOnce("redirect");
                }
            }
        }

        private void legRings() {
            Player parent = cast.parent().orElseThrow();
            if (status() == CONFLICT) {
                answeredBy(target);
                scene.talk(parent, target);
                return;
            }
            switch (request) {
                case MUTE, DEAF, HOLD -> {
                    answeredBy(target);
                    controlled(parent);
                }
                default -> {
                    scene.getsCancel(target);
                    if (cast.ringing().isEmpty()) {
                        doneOnce("");
                        scene.hears(parent, Heard.of(Tone.AFTER));
                    } else {
                        Player other = cast.ringing().getFirst();
                        scene.answers(other);
                        scene.talk(parent, other);
                    }
                }
            }
        }

        /** Of those that ring one answers, and the others are dropped. */
        private void answeredBy(Player player) {
            scene.answers(player);
            cast.ringing().stream().filter(other -> other != player).forEach(scene::getsCancel);
        }

        // ---- in progress

        private void inProgress() {
            if (status() == CONFLICT) {
                goesOnAsItWas();
                return;
            }
            switch (request) {
                case SAY -> {
                    if (cast.before(target).tones().isEmpty()) {
                        scene.hears(target, Heard.OTHER);
                    }
                    scene.hearsAtLast(target, cast.before(target));
                    goesOnAsItWas();
                }
                case CANCELED, SEND_DIGITS -> {
                    digits();
                    goesOnAsItWas();
                }
                case COMPLETED, TIME_LIMIT -> {
                    scene.getsBye(target);
                    otherIsLeft(true);
                }
                case MUTE, DEAF, HOLD -> {
                    listenersOf(target).ifPresentOrElse(this::controlled, this::controlledAlone);
                    lifted();
                    goesOnAsItWas();
                }
                case PLAY -> {
                    scene.hears(target, cast.before(target).and(Tone.OVER));
                    stopsPlay();
                    goesOnAsItWas();
                }
                case OVERLAY -> {
                    switched(target, Heard.of(Tone.NEW));
                    listenersOf(target).ifPresent(other -> hearsNow(other, Heard.SILENCE));
                    overlayEnds();
                    goesOnAsItWas();
                }
                case CONNECT_TO -> {
                    switched(target, Heard.of(Player.CAROL));
                    scene.hears(Player.CAROL, Heard.of(target));
                    otherIsLeft(false);
                }
                case MOVE, CONNECTED_MOVE -> both(Heard.of(Tone.NEW));
                case CONNECTED_URL -> both(Heard.of(Tone.OTHERS));
                case CONNECTED_HOLD -> both(Heard.OTHER);
                case CONNECTED_HANGUP -> {
                    switched(target, Heard.of(Tone.NEW));
                    cast.other().ifPresent(scene::getsBye);
                    doneOnce(cast.child().isPresent() ? "redirect" : "ended");
                    mateIsLeft();
                }
                case CONNECTED_CONTINUE -> {
                    switched(target, Heard.of(Tone.NEW));
                    if (cast.child().isPresent()) {
                        hearsNow(cast.child().get(), Heard.SILENCE);
                        doneOnce("redirect");
                    } else {
                        otherIsLeft(false);
                    }
                }
                case URL, RCML -> {
                    switched(target, Heard.of(Tone.NEW));
                    otherIsLeft(false);
                }
                case CONNECT_TO_ONE_THAT_RINGS -> throw new IllegalStateException("a conflict");
            }
            if (request.redirects() || request == Request.CONNECT_TO) {
                oldCannotWin();
            }
        }

        private void both(Heard others) {
            switched(target, Heard.of(Tone.NEW));
            cast.other().ifPresent(other -> {
                switched(other, others);
                doneOnce(hasAction() ? "redirect" : "");
            });
            mateIsLeft();
        }

        private void switched(Player player, Heard now) {
            hearsNow(player, now);
            scene.gaveWay(player, cast.before(player), now, mark);
        }

        /** What becomes of the other leg, when nobody says anything of it. */
        private void otherIsLeft(boolean ended) {
            cast.child().ifPresent(child -> {
                scene.getsBye(child);
                doneOnce(ended ? "ended" : "redirect");
            });
            cast.parent().ifPresent(parent -> {
                if (hasAction()) {
                    doneOnce("");
                    scene.hears(parent, Heard.of(Tone.AFTER));
                    scene.gaveWay(parent, cast.before(parent), Heard.of(Tone.AFTER), mark);
                } else {
                    scene.getsBye(parent);
                }
            });
            mateIsLeft();
        }

        private void mateIsLeft() {
            if (situation == Situation.CONFERENCE_RUNNING) {
                scene.hears(Player.DAVE, Heard.SILENCE);
            }
        }

        private void goesOnAsItWas() {
            cast.before().forEach(scene::hears);
            situation.goOn(scene, cast);
        }

        /** What the application answers to the old document comes too late. */
        private void oldCannotWin() {
            if (situation == Situation.FETCHING || situation == Situation.REDIRECT_IN_PREPARATION) {
                scene.stage.letsGo("/later");
                scene.hears(target, request == Request.CONNECT_TO ? Heard.of(Player.CAROL) : Heard.of(Tone.NEW));
            }
        }

        // ---- what several have in common

        /** Who hears the target, and whom it hears. */
        private Optional<Player> listenersOf(Player player) {
            return cast.before().keySet().stream()
                    .filter(other -> other != player)
                    .findAny();
        }

        /** Muted, deaf or on hold, towards another. */
        private void controlled(Player other) {
            hearsNow(
                    target,
                    switch (request) {
                        case MUTE -> Heard.of(other);
                        case DEAF -> Heard.SILENCE;
                        default -> Heard.OTHER;
                    });
            hearsNow(other, request == Request.DEAF ? Heard.of(target) : Heard.SILENCE);
        }

        private void hearsNow(Player player, Heard now) {
            scene.hears(player, now);
            scene.stopped(player, cast.before(player), now, answered);
        }

        /** Neither mute nor deaf changes what a document lets one hear. */
        private void controlledAlone() {
            scene.hears(target, request == Request.HOLD ? Heard.OTHER : cast.before(target));
        }

        private void lifted() {
            String control = request.form(scene).keySet().iterator().next();
            scene.same(
                    control + "=false",
                    200,
                    scene.modifies(target, Map.of(control, "false")).status());
        }

        private void stopsPlay() {
            scene.same(
                    "StopPlay",
                    200,
                    scene.modifies(target, Map.of("StopPlay", "all")).status());
        }

        private void overlayEnds() {
            scene.stage.phone(target).press("5");
            scene.asked("/thanks", asked -> "5".equals(asked.parameters().get("Digits")));
        }

        private void digits() {
            if (request == Request.SEND_DIGITS) {
                scene.getsDigits(target, Request.DIGITS);
                scene.pass(KEY);
            }
        }

        private boolean hasAction() {
            return situation != Situation.CLIENT_TO_CLIENT_CALLER && situation != Situation.CLIENT_TO_CLIENT_CALLEE;
        }

        /** The Dial's action is requested once, and says why it ended. */
        private void doneOnce(String interrupted) {
            if ((cast.other().isEmpty() && situation.state() == State.IN_PROGRESS) || !hasAction()) {
                return;
            }
            String said = scene.asked("/done", asked -> true).parameters().getOrDefault("Interrupted", "");
            scene.same("Interrupted", interrupted, said);
            scene.same("requests for the action", 1L, scene.requests("/done", asked -> true));
        }
    }
}
