package teleapi.flows.cells;

import static teleapi.flows.cells.Player.ALICE;
import static teleapi.flows.cells.Player.BOB;
import static teleapi.flows.cells.Player.CALLER;
import static teleapi.flows.cells.Player.DAVE;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call is doing when the request comes, and whose call is meant: inbound, made by the API, dialled, client to client. */
enum Situation {
    QUEUED(State.QUEUED) {
        @Override
        Cast begin(Scene scene) {
            scene.has("/first", dial(scene, BOB));
            scene.creates(ALICE, "/first");
            scene.invited(ALICE);
            return Cast.ringing(ALICE, Optional.empty());
        }
    },
    RINGING(State.RINGING) {
        @Override
        Cast begin(Scene scene) {
            scene.has("/first", dial(scene, BOB));
            scene.creates(ALICE, "/first");
            scene.rings(ALICE);
            return Cast.ringing(ALICE, Optional.empty());
        }
    },
    INBOUND_BEFORE_ITS_DOCUMENT(State.UNANSWERED) {
        @Override
        Cast begin(Scene scene) {
            scene.has("/incoming", dial(scene, BOB));
            scene.stage.holds("/incoming");
            scene.callsIn(CALLER);
            return Cast.ringing(CALLER, Optional.empty());
        }
    },
    DIAL_RINGS_ONE(State.PARENT_RINGS) {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, dial(scene, BOB));
            scene.rings(BOB);
            scene.hears(CALLER, Heard.OTHER);
            return Cast.ringing(CALLER, Optional.empty(), BOB);
        }
    },
    DIAL_RINGS_MANY(State.PARENT_RINGS) {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, dial(scene, BOB, ALICE));
            scene.rings(BOB);
            scene.rings(ALICE);
            scene.hears(CALLER, Heard.OTHER);
            return Cast.ringing(CALLER, Optional.empty(), BOB, ALICE);
        }
    },
    ONLY_LEG_RINGS(State.LEG_RINGS) {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, dial(scene, BOB));
            scene.rings(BOB);
            return Cast.ringing(BOB, Optional.of(CALLER));
        }
    },
    ONE_LEG_OF_MANY_RINGS(State.LEG_RINGS) {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, dial(scene, BOB, ALICE));
            scene.rings(BOB);
            scene.rings(ALICE);
            return Cast.ringing(BOB, Optional.of(CALLER), ALICE);
        }
    },
    SAY("Say, Play, Pause") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, "<Say loop=\"0\">an announcement without end</Say>");
            scene.hears(CALLER, Heard.OTHER);
            return Cast.alone(CALLER, Heard.OTHER);
        }
    },
    PLAY("Say, Play, Pause") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, scene.play(Tone.OLD));
            scene.hears(CALLER, Heard.of(Tone.OLD));
            return Cast.alone(CALLER, Heard.of(Tone.OLD));
        }
    },
    PAUSE("Say, Play, Pause") {
        @Override
        Cast begin(Scene scene) {
            created(scene, "<Pause length=\"60\"/>");
            scene.hears(ALICE, Heard.SILENCE);
            return Cast.alone(ALICE, Heard.SILENCE);
        }
    },
    GATHER_WITH_DIGITS("Gather with digits typed") {
        @Override
        Cast begin(Scene scene) {
            calledIn(
                    scene,
                    "<Gather numDigits=\"4\" timeout=\"60\" action=\"%s\">%s</Gather>"
                            .formatted(scene.stage.url("/typed"), scene.play(Tone.OLD)));
            scene.hears(CALLER, Heard.of(Tone.OLD));
            scene.stage.phone(CALLER).press("1");
            scene.hears(CALLER, Heard.SILENCE);
            return Cast.alone(CALLER, Heard.SILENCE);
        }

        @Override
        void goOn(Scene scene, Cast cast) {
            scene.has("/typed", scene.play(Tone.AFTER));
            scene.stage.phone(CALLER).press("234");
            scene.asked("/typed", asked -> "1234".equals(asked.parameters().get("Digits")));
        }
    },
    RECORD("Record") {
        @Override
        Cast begin(Scene scene) {
            scene.has("/done", scene.play(Tone.AFTER));
            calledIn(
                    scene,
                    "<Record action=\"%s\" timeout=\"60\" finishOnKey=\"#\" playBeep=\"false\"/>"
                            .formatted(scene.stage.url("/done")));
            scene.hears(CALLER, Heard.SILENCE);
            return Cast.alone(CALLER, Heard.SILENCE);
        }

        @Override
        void goOn(Scene scene, Cast cast) {
            scene.same("requests for the action", 0L, scene.requests("/done", asked -> true));
            scene.stage.phone(CALLER).press("#");
            scene.hears(CALLER, Heard.of(Tone.AFTER));
            scene.asked("/done", asked -> "#".equals(asked.parameters().get("Digits")));
        }
    },
    DIALLED("Dial, bridged: the parent's Sid") {
        @Override
        Cast begin(Scene scene) {
            inboundTalk(scene);
            return Cast.parent(CALLER, BOB);
        }
    },
    DIALLED_BY("Dial, bridged: the dialled leg's Sid") {
        @Override
        Cast begin(Scene scene) {
            inboundTalk(scene);
            return Cast.child(BOB, CALLER);
        }
    },
    MADE_BY_THE_API_AND_DIALLED("Dial, bridged: the parent's Sid") {
        @Override
        Cast begin(Scene scene) {
            apiTalk(scene);
            return Cast.parent(ALICE, BOB);
        }
    },
    DIALLED_BY_ONE_OF_THE_API("Dial, bridged: the dialled leg's Sid") {
        @Override
        Cast begin(Scene scene) {
            apiTalk(scene);
            return Cast.child(BOB, ALICE);
        }
    },
    CLIENT_TO_CLIENT_CALLER("client to client: the caller's Sid") {
        @Override
        Cast begin(Scene scene) {
            clientTalk(scene);
            return Cast.parent(DAVE, BOB);
        }
    },
    CLIENT_TO_CLIENT_CALLEE("client to client: the callee's Sid") {
        @Override
        Cast begin(Scene scene) {
            clientTalk(scene);
            return Cast.child(BOB, DAVE);
        }
    },
    CONFERENCE_WAITING("Conference, waiting") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, room(scene));
            scene.hears(CALLER, Heard.OTHER);
            return Cast.alone(CALLER, Heard.OTHER);
        }
    },
    CONFERENCE_RUNNING("Conference, running") {
        @Override
        Cast begin(Scene scene) {
            String room = room(scene);
            scene.has("/first", room);
            scene.creates(DAVE, "/first");
            scene.invited(DAVE);
            scene.answers(DAVE);
            calledIn(scene, room);
            scene.talk(CALLER, DAVE);
            return new Cast(
                    CALLER,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(CALLER, Heard.of(DAVE), DAVE, Heard.of(CALLER)));
        }
    },
    QUEUE_WAITING("Enqueue, waiting") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, enqueue(scene, true));
            scene.hears(CALLER, Heard.OTHER);
            return Cast.alone(CALLER, Heard.OTHER);
        }

        @Override
        void goOn(Scene scene, Cast cast) {
            scene.same("requests for the action", 0L, scene.requests("/done", asked -> true));
            takesOut(scene, "");
            scene.talk(CALLER, DAVE);
        }
    },
    TAKEN_OUT_OF_A_QUEUE("out of a queue: the Sid of who waited") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, enqueue(scene, false));
            scene.hears(CALLER, Heard.OTHER);
            scene.has("/done", scene.play(Tone.AFTER));
            takesOut(scene, " action=\"%s\"".formatted(scene.stage.url("/done")));
            scene.talk(CALLER, DAVE);
            return Cast.child(CALLER, DAVE);
        }
    },
    TOOK_OUT_OF_A_QUEUE("out of a queue: the Sid of who dialled") {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, enqueue(scene, true));
            scene.hears(CALLER, Heard.OTHER);
            takesOut(scene, "");
            scene.talk(CALLER, DAVE);
            return Cast.child(DAVE, CALLER);
        }
    },
    FETCHING("fetching a document") {
        @Override
        Cast begin(Scene scene) {
            scene.stage.holds("/later");
            created(scene, "<Redirect>" + scene.document(Tone.LATER) + "</Redirect>");
            scene.asked("/later", asked -> true);
            return Cast.alone(ALICE, Heard.SILENCE);
        }

        @Override
        void goOn(Scene scene, Cast cast) {
            scene.stage.letsGo("/later");
            scene.hears(ALICE, Heard.of(Tone.LATER));
        }
    },
    REDIRECT_IN_PREPARATION("redirect in preparation") {
        @Override
        Cast begin(Scene scene) {
            scene.stage.holds("/later");
            calledIn(scene, scene.play(Tone.OLD));
            scene.hears(CALLER, Heard.of(Tone.OLD));
            scene.stage.beginToModify(scene.sid(CALLER), Map.of("Url", scene.document(Tone.LATER)));
            scene.asked("/later", asked -> true);
            return Cast.alone(CALLER, Heard.of(Tone.OLD));
        }

        @Override
        void goOn(Scene scene, Cast cast) {
            scene.stage.letsGo("/later");
            scene.hears(CALLER, Heard.of(Tone.LATER));
        }
    },
    OVER(State.ENDED) {
        @Override
        Cast begin(Scene scene) {
            calledIn(scene, scene.play(Tone.OLD));
            scene.hears(CALLER, Heard.of(Tone.OLD));
            scene.stage.phone(CALLER).hangUp();
            scene.asked(
                    "/status", asked -> "completed".equals(asked.parameters().get("CallStatus")));
            return Cast.alone(CALLER, Heard.NOTHING);
        }
    };

    private final State state;
    private final String runs;

    Situation(State state) {
        this.state = state;
        this.runs = "";
    }

    /** In progress. */
    Situation(String runs) {
        this.state = State.IN_PROGRESS;
        this.runs = runs;
    }

    State state() {
        return state;
    }

    /** What runs in a call in progress, in the words of the second table. */
    String runs() {
        return runs;
    }

    /** Brings it about. */
    abstract Cast begin(Scene scene);

    /** Shows that what ran goes on: called only if it should. */
    void goOn(Scene scene, Cast cast) {}

    private static void calledIn(Scene scene, String document) {
        scene.has("/incoming", document);
        scene.callsIn(CALLER);
        scene.taken(CALLER);
    }

    private static void created(Scene scene, String document) {
        scene.has("/first", document);
        scene.creates(ALICE, "/first");
        scene.invited(ALICE);
        scene.answers(ALICE);
    }

    private static void inboundTalk(Scene scene) {
        calledIn(scene, dial(scene, BOB));
        scene.invited(BOB);
        scene.answers(BOB);
        scene.talk(CALLER, BOB);
    }

    private static void apiTalk(Scene scene) {
        created(scene, dial(scene, BOB));
        scene.invited(BOB);
        scene.answers(BOB);
        scene.talk(ALICE, BOB);
    }

    private static void clientTalk(Scene scene) {
        scene.calls(DAVE, BOB);
        scene.invited(BOB);
        scene.answers(BOB);
        scene.taken(DAVE);
        scene.talk(DAVE, BOB);
        for (Player player : new Player[] {DAVE, BOB}) {
            scene.same(
                    "StatusCallback of " + player,
                    200,
                    scene.modifies(player, Map.of("StatusCallback", scene.stage.url("/status")))
                            .status());
        }
    }

    /** A Dial whose parent goes on with a tone of its own. */
    static String dial(Scene scene, Player... clients) {
        scene.has("/done", scene.play(Tone.AFTER));
        var nouns = new StringBuilder();
        for (Player client : clients) {
            nouns.append("<Client statusCallback=\"%s\" statusCallbackEvent=\"ringing completed\">%s</Client>"
                    .formatted(scene.stage.url("/status"), scene.stage.user(client)));
        }
        return "<Dial action=\"%s\">%s</Dial>".formatted(scene.stage.url("/done"), nouns);
    }

    private static String enqueue(Scene scene, boolean action) {
        scene.has("/done", scene.play(Tone.AFTER));
        return action
                ? "<Enqueue action=\"%s\">%s</Enqueue>".formatted(scene.stage.url("/done"), scene.stage.room())
                : "<Enqueue>%s</Enqueue>".formatted(scene.stage.room());
    }

    /** Dave dials the queue. */
    private static void takesOut(Scene scene, String attributes) {
        scene.has("/first", "<Dial%s><Queue>%s</Queue></Dial>".formatted(attributes, scene.stage.room()));
        scene.creates(DAVE, "/first");
        scene.invited(DAVE);
        scene.answers(DAVE);
    }

    private static String room(Scene scene) {
        return "<Dial><Conference beep=\"false\">%s</Conference></Dial>".formatted(scene.stage.room());
    }
}
