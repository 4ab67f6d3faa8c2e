package teleapi.rest.resource;

import java.util.ArrayList;
import java.util.List;
import teleapi.rest.Parts;
import teleapi.rest.http.Route;

/** All resources of the API. */
public final class Resources {
    private Resources() {}

    public static List<Route> routes(Parts parts, EventStreams streams) {
        Modifying modifying = new Modifying(parts);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new Calls(parts, modifying).routes());
        routes.addAll(new Conferences(parts).routes());
        routes.addAll(new Participants(parts, modifying).routes());
        routes.addAll(new QueueList(parts, modifying).routes());
        routes.addAll(new Accounts(parts, streams).routes());
        routes.addAll(new Numbers(parts).routes());
        routes.addAll(new Clients(parts).routes());
        routes.addAll(new Applications(parts).routes());
        routes.addAll(new NotificationList(parts).routes());
        RecordingList recordings = new RecordingList(parts, modifying);
        routes.addAll(recordings.routes());
        routes.addAll(new ConferenceRecordings(parts, recordings).routes());
        routes.addAll(new QualityOfCall(parts).routes());
        routes.addAll(new TranscriptionList(parts).routes());
        MessageList.both(parts).forEach(messages -> routes.addAll(messages.routes()));
        routes.addAll(new StreamList(parts, modifying).routes());
        routes.addAll(new Events(parts, streams).routes());
        return List.copyOf(routes);
    }
}
