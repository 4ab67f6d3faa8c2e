package teleapi.rest.resource;

import java.util.Optional;
import java.util.function.Function;
import teleapi.call.Sid;
import teleapi.call.directory.Kept;
import teleapi.call.directory.Shelf;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Paging;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;

/**
 * What the resources that are kept on a {@link Shelf} have in common.
 *
 * @param path below the account, which is also the name of the list's element
 * @param element the XML element of one
 * @param segment the open segment of its routes
 */
record Keeping<T>(
        Shelf<T> shelf,
        String kind,
        String path,
        String element,
        String segment,
        String nativeKey,
        String sdkKey,
        java.util.function.BiFunction<T, Ask, Fields> describe) {
    Reply list(Ask ask, java.util.function.Predicate<T> shown) {
        return Reply.listed(
                path,
                Paging.listing(
                        ask,
                        Paging.of(ask)
                                .cut(shelf.list(ask.account().sid()).stream()
                                        .filter(shown)
                                        .toList()),
                        ask.base() + "/" + path,
                        nativeKey,
                        sdkKey,
                        element,
                        thing -> describe.apply(thing, ask)));
    }

    Reply get(Ask ask) {
        T thing = sid(ask).flatMap(sid -> shelf.find(ask.account().sid(), sid))
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        return Reply.described(200, element, describe.apply(thing, ask));
    }

    Reply add(Ask ask, T thing) {
        return kept(ask, 201, shelf.add(thing));
    }

    /** @param change makes the new one of the old one; may refuse */
    Reply change(Ask ask, Function<T, T> change) {
        Sid sid = sid(ask).orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        return kept(ask, 200, shelf.change(ask.account().sid(), sid, change::apply));
    }

    Reply remove(Ask ask) {
        if (!sid(ask).map(sid -> shelf.remove(ask.account().sid(), sid)).orElse(false)) {
            throw Refused.with(Code.NOT_FOUND);
        }
        return Reply.empty(204);
    }

    private Reply kept(Ask ask, int status, Kept<T> kept) {
        return switch (kept) {
            case Kept.Done<T>(T thing) -> Reply.described(status, element, describe.apply(thing, ask));
            case Kept.Conflict<T>(String field, String value) ->
                throw Refused.parameter(Code.DUPLICATE, field, "there is one already");
            case Kept.Missing<T>() -> throw Refused.with(Code.NOT_FOUND);
        };
    }

    private Optional<Sid> sid(Ask ask) {
        return Sid.parse(kind, ask.segment(segment));
    }
}
