package teleapi.rest.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import teleapi.call.records.Page;

/**
 * Which page of a list is wanted: Page counts from 0, PageSize is 50 unless it is said.
 */
public record Paging(int page, int size) {
    private static final int USUAL = 50;
    private static final int LARGEST = 1_000;

    /** So that page times size stays a number that databases can skip. */
    private static final int LAST_PAGE = 1_000_000;

    private static final Set<String> OWN = Set.of("Page", "PageSize", "PageToken");

    public static Paging of(Ask ask) {
        Parameters filters = ask.filters();
        return new Paging(
                filters.number("Page", 0, LAST_PAGE).orElse(0),
                filters.number("PageSize", 1, LARGEST).orElse(USUAL));
    }

    /** A stretch of a list that is all in memory. */
    public <T> Page<T> cut(List<T> all) {
        int from = (int) Math.min((long) page * size, all.size());
        return new Page<>(all.subList(from, Math.min(all.size(), from + size)), page, size, all.size());
    }

    /** The listing of a page. */
    public static <T> Listing listing(
            Ask ask,
            Page<T> page,
            String path,
            String nativeKey,
            String sdkKey,
            String element,
            Function<T, Fields> describe) {
        return new Listing(
                nativeKey,
                sdkKey,
                element,
                page.items().stream().map(describe).toList(),
                page.number(),
                page.size(),
                page.total(),
                path,
                filters(ask));
    }

    private static String filters(Ask ask) {
        StringBuilder query = new StringBuilder();
        ask.query().values().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                for (String value : values) {
                    query.append(encode(name)).append('=').append(encode(value)).append('&');
                }
            }
        });
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
