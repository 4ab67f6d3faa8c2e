package teleapi.lab.demo;

import java.io.IOException;
import java.io.PrintStream;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.Deadline;
import teleapi.runtime.World;
import teleapi.runtime.real.Termination;

/** After the story, with {@code --keep}: says how to go on by hand, and goes on drawing; the phones answer whoever calls them. Thread: main's. */
final class ByHand {
    private final World world;
    private final PrintStream out;
    private final Watch watch;
    private final Ladder ladder;
    private final Premises premises;

    ByHand(World world, PrintStream out, Watch watch, Ladder ladder, Premises premises) {
        this.world = world;
        this.out = out;
        this.watch = watch;
        this.ladder = ladder;
        this.premises = premises;
    }

    /** Does not return: Ctrl-C ends it. */
    void goOn() {
        String application = premises.application().url("");
        out.printf(
                """

                Everything is still up, until Ctrl-C; what you do is drawn below. The five phones answer. In another terminal:

                  AUTH=%s
                  CALLS=%s/Calls.json
                  APP=%s

                  # call bob into the conference, and keep the CallSid
                  CALL=$(curl -s -u $AUTH $CALLS -d From=%s -d To=client:bob -d Url=$APP/Conference | grep -o 'CA[0-9a-f]*' | head -1)

                  # redirect the call: alice rings
                  curl -u $AUTH $CALLS/$CALL -d Url=$APP/CallToAlice

                  # move bob and alice into a conference
                  curl -u $AUTH $CALLS/$CALL -d Url=$APP/Conference -d MoveConnectedCallLeg=true

                  # mute, unmute, hang up
                  curl -u $AUTH $CALLS/$CALL -d Mute=true
                  curl -u $AUTH $CALLS/$CALL -d Mute=false
                  curl -u $AUTH $CALLS/$CALL -d Status=completed

                  # be a phone yourself, and call the number
                  ./teleapi phone --call %s
                """,
                premises.credentials(),
                premises.rest().account(),
                application,
                Story.NUMBER.replace("+", "%2B"),
                premises.at(Story.NUMBER));
        ladder.step("By hand");
        world.start("end", () -> Termination.await(this::end));
        while (true) {
            watch.take(Deadline.NEVER).ifPresent(this::answer);
        }
    }

    private void end() {
        try {
            premises.close();
        } catch (IOException failure) {
            System.err.println("teleapi demo: " + failure.getMessage());
        }
    }

    private void answer(Seen seen) {
        if (seen instanceof Seen.Noticed noticed && noticed.event() instanceof PhoneEvent.Invited) {
            premises.phone(noticed.phone()).ring(false);
            premises.phone(noticed.phone()).answer();
        }
    }
}
