package teleapi.rest.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.bridge.QueueMember;
import teleapi.call.bridge.Reservation;
import teleapi.call.directory.QueueSettings;
import teleapi.rcml.Queue;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;
import teleapi.rest.http.Value;

/**
 * {@code Queues} and who waits in them: a member is taken out by a new document.
 *
 * <pre>
 * Shape   a member's change is a redirect of its call, with the same answers
 * Source  reference/peers.md part 2 "Queues"; ADR-0016
 * </pre>
 */
final class QueueList {
    private static final int LONGEST_NAME = Queue.MAX_NAME;
    private static final String FRONT = "Front";

    private final Parts parts;
    private final Modifying modifying;
    private final Keeping<QueueSettings> keeping;

    QueueList(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
        this.keeping = new Keeping<>(
                parts.provisioning().queues(),
                Sid.QUEUE,
                "Queues",
                "Queue",
                "Queue",
                "queues",
                "queues",
                this::describe);
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Queues")
                        .on("GET", ask -> keeping.list(ask, queue -> true))
                        .on("POST", this::create),
                Route.at("{Account}/Queues/{Queue}")
                        .on("GET", keeping::get)
                        .on("POST", this::change)
                        .on("DELETE", this::remove),
                Route.at("{Account}/Queues/{Queue}/Members").on("GET", this::members),
                Route.at("{Account}/Queues/{Queue}/Members/{Call}")
                        .on("GET", this::member)
                        .on("POST", this::takeOut)
                        .folding(Repeating::modification));
    }

    private Reply create(Ask ask) {
        String name = ask.parameters()
                .text("FriendlyName", LONGEST_NAME)
                .orElseThrow(() -> Refused.parameter(Code.INVALID_PARAMETER, "FriendlyName", "is missing"));
        if (keeping.shelf().list(ask.account().sid()).size() >= QueueSettings.MOST) {
            throw Refused.with(Code.QUEUES_FULL);
        }
        Instant now = parts.world().time().now();
        return keeping.add(
                ask,
                new QueueSettings(
                        Sid.fresh(Sid.QUEUE, parts.world()),
                        ask.account().sid(),
                        name,
                        size(ask).orElse(Queue.DEFAULT_SIZE),
                        now,
                        now));
    }

    private static Optional<Integer> size(Ask ask) {
        return ask.parameters().number("MaxSize", 1, Queue.MAX_SIZE);
    }

    private Reply change(Ask ask) {
        Optional<String> name = ask.parameters().text("FriendlyName", LONGEST_NAME);
        Optional<Integer> size = size(ask);
        Instant now = parts.world().time().now();
        return keeping.change(ask, old -> {
            if (name.isPresent() && !name.get().equals(old.friendlyName())) {
                // Who waits in it asked for it by its name.
                mustBeEmpty(old);
            }
            return old.with(name, size, now);
        });
    }

    private Reply remove(Ask ask) {
        mustBeEmpty(queue(ask));
        return keeping.remove(ask);
    }

    private void mustBeEmpty(QueueSettings queue) {
        if (!waiting(queue).isEmpty()) {
            throw Refused.with(Code.QUEUE_NOT_EMPTY);
        }
    }

    private QueueSettings queue(Ask ask) {
        return Sid.parse(Sid.QUEUE, ask.segment("Queue"))
                .flatMap(sid -> parts.provisioning().queues().find(ask.account().sid(), sid))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
    }

    private List<QueueMember> waiting(QueueSettings queue) {
        return parts.liveCalls().queueMembers(queue.accountSid(), queue.sid());
    }

    // ---- who waits

    private Reply members(Ask ask) {
        QueueSettings queue = queue(ask);
        List<QueueMember> all = waiting(queue);
        return Reply.listed(
                "Members",
                Paging.listing(
                        ask,
                        Paging.of(ask).cut(all),
                        ask.base() + "/Queues/" + queue.sid() + "/Members",
                        "members",
                        "queue_members",
                        "Member",
                        member -> describe(queue, all, member, ask)));
    }

    private Reply member(Ask ask) {
        QueueSettings queue = queue(ask);
        List<QueueMember> all = waiting(queue);
        QueueMember member = all.stream()
                .filter(one -> one.callSid().text().equals(ask.segment("Call"))
                        || (ask.segment("Call").equals(FRONT) && one.equals(all.getFirst())))
                .findFirst()
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        return Reply.described(200, "Member", describe(queue, all, member, ask));
    }

    private Reply takeOut(Ask ask) {
        QueueSettings queue = queue(ask);
        // All is checked before anybody is taken from the front.
        ModificationRequest request = ModificationRequest.read(ask.parameters());
        if (request.redirect().isEmpty()) {
            throw Refused.parameter(Code.URL_INVALID, "Url", "is missing");
        }
        List<QueueMember> all = waiting(queue);
        Optional<Sid> wanted = Sid.parse(Sid.CALL, ask.segment("Call"));
        if (wanted.isEmpty() && !ask.segment("Call").equals(FRONT)) {
            throw Refused.with(Code.NOT_FOUND);
        }
        Reservation out = parts.liveCalls()
                .reserve(queue.accountSid(), queue.sid(), wanted)
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        try {
            return modifying.modify(ask, out.member().callSid(), request, new Modifying.Shown() {
                @Override
                public Reply reply(int code, ModificationStatus status) {
                    Fields member = describe(queue, all, out.member(), ask)
                            .group("modification", CallDescription.modification(status));
                    return Reply.described(code, "Member", member).header("ETag", CallDescription.tag(status.call()));
                }

                @Override
                public void last() {
                    // One that is out of the queue is not found in it any more.
                    out.release().run();
                }
            });
        } catch (Refused refused) {
            out.release().run();
            throw refused;
        }
    }

    private Fields describe(QueueSettings queue, List<QueueMember> all, QueueMember member, Ask ask) {
        String path = "Queues/" + queue.sid() + "/Members/" + member.callSid();
        return new Fields()
                .extra("sid", new Value.Text(member.callSid().text()))
                .text("call_sid", member.callSid().text())
                .text("queue_sid", queue.sid().text())
                .date("date_enqueued", member.since())
                .count("position", Math.max(0, all.indexOf(member)) + 1L)
                .count("wait_time", member.waited(parts.world().time().now()).toSeconds())
                .extra("account_sid", new Value.Text(queue.accountSid().text()))
                .text("uri", ask.uri(path));
    }

    private Fields describe(QueueSettings queue, Ask ask) {
        List<QueueMember> waiting = waiting(queue);
        Duration average = QueueMember.averageWait(waiting, parts.world().time().now());
        return new Fields()
                .text("sid", queue.sid().text())
                .text("friendly_name", queue.friendlyName())
                .count("current_size", waiting.size())
                .count("max_size", queue.maxSize())
                .count("average_wait_time", average.toSeconds())
                .date("date_created", queue.dateCreated())
                .date("date_updated", queue.dateUpdated())
                .text("account_sid", queue.accountSid().text())
                .text("uri", ask.uri("Queues/" + queue.sid()));
    }
}
