package teleapi.flows.cells;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One playing of a cell.
 *
 * <pre>
 * Thread  the scene's
 * </pre>
 */
final class Playing {
    /** While a key sounds, nothing else does. */
    private static final Duration KEY = Duration.ofMillis(300);

    private final Cell cell;
    private final Request request;
    private final Situation situation;
    private final Scene scene;
    private final Cast cast;
    private final Player target;
    private int mark;
    private long asked;
    private long answered;

    Playing(Cell cell, Scene scene, Cast cast) {
        this.cell = cell;
        this.request = cell.request();
        this.situation = cell.situation();
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
        scene.stage.has("/broken", "<Response><Say>");
        scene.has("/fallback", scene.play(Tone.NEW));
        if (request == Request.RECORD_PAUSE && !cell.unchanged()) {
            taping(Heard.SILENCE).begins();
        }
        Optional<Planned> planned = Planned.of(cell, scene, target);
        mark = scene.mark();
        asked = scene.stage.nanos();
        Answer answer = scene.modifies(target, request.form(scene));
        answered = scene.stage.nanos();
        scene.same(cell + ", status", cell.status(), answer.status());
        scene.same(cell + ", code", cell.code(), answer.code());
        switch (situation.state()) {
            case QUEUED, RINGING -> notAnswered(() -> scene.answers(target), Player.BOB);
            case UNANSWERED -> notAnswered(() -> scene.stage.letsGo("/incoming"), Player.BOB);
            case PARENT_RINGS -> parentRings();
            case LEG_RINGS -> legRings();
            case IN_PROGRESS -> inProgress();
            case ENDED -> {}
        }
        planned.ifPresent(Planned::cameTrue);
    }

    // ---- queued, ringing, not answered

    /** {@code next} is what the call waits for; its first document dials. */
    private void notAnswered(Runnable next, Player dialled) {
        boolean inbound = situation.state() == State.UNANSWERED;
        if (cell.unchanged()) {
            next.run();
            goesOn(inbound, dialled);
            scene.talk(target, dialled);
            return;
        }
        switch (request) {
            case CANCELED, COMPLETED -> dropped(inbound);
            case TIME_LIMIT -> dropped(inbound);
            case BROKEN_URL -> {
                next.run();
                scene.getsBye(target);
            }
            case MUTE, DEAF, HOLD -> {
                next.run();
                goesOn(inbound, dialled);
                controlled(dialled);
            }
            case RECORD -> {
                long from = scene.stage.nanos();
                next.run();
                goesOn(inbound, dialled);
                long until = scene.stage.nanos();
                scene.talk(target, dialled);
                taping(Heard.of(dialled)).isRight(from, until);
            }
            default -> {
                if (!inbound) {
                    next.run();
                } else {
                    scene.taken(target);
                }
                scene.hears(target, Heard.of(Tone.NEW));
                scene.same("requests for the first document", 0L, scene.requests("/first", asked -> true));
                fellBack();
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
        if (cell.unchanged()) {
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
            case RECORD -> {
                answeredBy(first);
                scene.talk(target, first);
                taping(Heard.of(first)).isRight(asked, answered);
            }
            case RECORD_PAUSE -> {
                answeredBy(first);
                scene.talk(target, first);
                taping(Heard.of(first)).isPaused(asked, answered);
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
                fellBack();
            }
        }
    }

    private void legRings() {
        Player parent = cast.parent().orElseThrow();
        if (cell.unchanged()) {
            answeredBy(target);
            scene.talk(parent, target);
            return;
        }
        switch (request) {
            case MUTE, DEAF, HOLD -> {
                answeredBy(target);
                controlled(parent);
            }
            case RECORD -> {
                long from = scene.stage.nanos();
                answeredBy(target);
                scene.talk(parent, target);
                taping(Heard.of(parent)).isRight(from, scene.stage.nanos());
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
        if (cell.unchanged()) {
            if (request == Request.BROKEN_URL && situation == Situation.REDIRECT_IN_PREPARATION) {
                // It has superseded the one that was in preparation, all the same.
                scene.stage.letsGo("/later");
                cast.before().forEach(scene::hears);
            } else {
                goesOnAsItWas();
            }
            return;
        }
        switch (request) {
            case PLAY_OTHER, PLAY_BOTH -> {
                Player other = cast.other().orElseThrow();
                boolean both = request == Request.PLAY_BOTH;
                scene.hears(other, cast.before(other).and(Tone.OVER));
                scene.hears(target, both ? cast.before(target).and(Tone.OVER) : cast.before(target));
                stopsPlay();
                goesOnAsItWas();
            }
            case SAY_OTHER -> {
                Player other = cast.other().orElseThrow();
                scene.hears(other, Heard.OTHER);
                scene.hears(target, cast.before(target));
                scene.hearsAtLast(other, Heard.SILENCE);
                applied(Map.of("Mute", "false"));
                goesOnAsItWas();
            }
            case RECORD -> {
                taping(cast.before(target)).isRight(asked, answered);
                goesOnAsItWas();
            }
            case RECORD_PAUSE -> {
                taping(cast.before(target)).isPaused(asked, answered);
                goesOnAsItWas();
            }
            case RECORD_RESUME -> goesOnAsItWas();
            case RECORD_STOP -> {
                // Without one of the call's own, a message's is meant: its action follows.
                actionOnce("");
                taping(Heard.SILENCE).isAMessage();
            }
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
                ownActionOnce("ended");
            }
            case MUTE, DEAF, HOLD -> {
                listenersOf(target).ifPresentOrElse(this::controlled, this::controlledAlone);
                applied(Map.of(request.form(scene).keySet().iterator().next(), "false"));
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
            case CONNECTED_URL, CONNECTED_RCML -> both(Heard.of(Tone.OTHERS));
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
            case URL, RCML, FALLBACK -> {
                switched(target, Heard.of(Tone.NEW));
                fellBack();
                otherIsLeft(false);
            }
            case BROKEN_URL, DRY_RUN, CONNECT_TO_ONE_THAT_RINGS ->
                throw new IllegalStateException("changes nothing: " + request);
        }
        if (request.redirects() || request == Request.CONNECT_TO) {
            ownActionOnce("redirect");
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

    /** The action of a verb that has no other leg. */
    private void ownActionOnce(String interrupted) {
        if (situation == Situation.RECORD || situation == Situation.QUEUE_WAITING) {
            actionOnce(interrupted);
        }
    }

    /** What the application answers to the old document comes too late. */
    private void oldCannotWin() {
        switch (situation) {
            case FETCHING, REDIRECT_IN_PREPARATION -> scene.stage.letsGo("/later");
            case RECORD, QUEUE_WAITING -> {}
            default -> {
                return;
            }
        }
        scene.hears(target, request == Request.CONNECT_TO ? Heard.of(Player.CAROL) : Heard.of(Tone.NEW));
    }

    // ---- what several have in common

    /** Who hears the target, and whom it hears. */
    private Optional<Player> listenersOf(Player player) {
        return cast.before().keySet().stream().filter(other -> other != player).findAny();
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

    private void stopsPlay() {
        applied(Map.of("StopPlay", "all"));
    }

    private void applied(Map<String, String> form) {
        scene.same(form.toString(), 200, scene.modifies(target, form).status());
    }

    /** It is told why, and of which document. */
    private void fellBack() {
        if (request == Request.FALLBACK) {
            Map<String, String> told = scene.asked("/fallback", asked -> true).parameters();
            scene.same("ErrorCode", Integer.toString(Cell.NOT_WELL_FORMED), told.getOrDefault("ErrorCode", ""));
            scene.same("ErrorUrl", scene.stage.url("/broken"), told.getOrDefault("ErrorUrl", ""));
            scene.same("requests for the fallback", 1L, scene.requests("/fallback", asked -> true));
        }
    }

    private Taping taping(Heard hears) {
        return new Taping(scene, target, hears, situation == Situation.RECORD);
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
        if ((cast.other().isPresent() || situation.state() != State.IN_PROGRESS) && hasAction()) {
            actionOnce(interrupted);
        }
    }

    private void actionOnce(String interrupted) {
        String said = scene.asked("/done", asked -> true).parameters().getOrDefault("Interrupted", "");
        scene.same("Interrupted", interrupted, said);
        scene.same("requests for the action", 1L, scene.requests("/done", asked -> true));
    }
}
