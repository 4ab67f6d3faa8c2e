package teleapi.flows;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import teleapi.call.webhook.Http;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/** The customer's server in the simulation: answers by itself what it knows, and asks the flow about the rest. Thread: whoever sends, in the simulation. */
final class Application implements Http {
    /** As the real client gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A request that waits for its answer. */
    record Asked(HttpAsk ask, Mailbox<HttpReply> answer) {}

    private final World world;
    private final Function<HttpAsk, Optional<HttpReply>> byItself;
    private final Consumer<Asked> told;

    Application(World world, Function<HttpAsk, Optional<HttpReply>> byItself, Consumer<Asked> told) {
        this.world = world;
        this.byItself = byItself;
        this.told = told;
    }

    @Override
    public HttpReply send(HttpAsk ask) {
        Mailbox<HttpReply> answer = world.mailbox("application", 1);
        var asked = new Asked(ask, answer);
        told.accept(asked);
        return byItself.apply(ask)
                .or(() -> answer.take(world.time().after(PATIENCE)))
                .orElseGet(() -> new HttpReply.Failed(11200, ask.url() + " took longer than 15 s"));
    }
}
