package teleapi.lab.demo;

import java.io.IOException;
import java.io.PrintStream;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;
import teleapi.server.StartException;

/**
 * Puts up the premises, plays the story, says how it went.
 *
 * <pre>
 * Thread  main's
 * Errors  the exit status: 0 every step was observed, 1 one was not, 2 something could not be started
 * </pre>
 */
final class Demo {
    private Demo() {}

    static int run(PrintStream out, boolean colour, boolean keep) {
        World world = RealWorld.create();
        Ladder ladder = new Ladder(out, colour, world.time().nanos());
        Watch watch = new Watch(world, ladder, Watch.PATIENCE);
        out.println(
                "teleapi demo: a server, an application and five phones on this machine, over real SIP, RTP and HTTP.");
        try (Premises premises = new Premises(world, watch)) {
            out.println("SIP    sip:127.0.0.1:" + premises.sip().getPort());
            out.println("API    " + premises.rest().account());
            out.println("store  " + premises.folder());
            out.println("♪ is what a phone hears, dated by the first packet that had it.");
            Story story = new Story(watch, ladder, premises);
            int status = play(story, out);
            new Summary(out, ladder).print(watch.all(), story.latencies());
            out.println(status == 0 ? "\nEvery step was observed." : "\nThe story did not go as it should.");
            if (keep && status == 0) {
                new ByHand(world, out, watch, ladder, premises).goOn();
            }
            return status;
        } catch (IOException | StartException failure) {
            System.err.println("teleapi demo: " + failure.getMessage());
            return 2;
        }
    }

    private static int play(Story story, PrintStream out) {
        try {
            story.play();
            return 0;
        } catch (NotObserved failure) {
            out.println("\nNOT OBSERVED\n" + failure.getMessage());
            return 1;
        }
    }
}
