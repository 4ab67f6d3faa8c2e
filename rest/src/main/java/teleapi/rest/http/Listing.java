package teleapi.rest.http;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list, with the way to the others.
 *
 * @param nativeKey the JSON key of the array in our own dialect
 * @param sdkKey the same for SDKs
 * @param element the XML element of each item
 * @param path of the list without query, without suffix
 * @param query the filters as they were given, without Page and PageSize, encoded; empty or ending in &amp;
 */
public record Listing(
        String nativeKey,
        String sdkKey,
        String element,
        List<Fields> items,
        int page,
        int size,
        long total,
        String path,
        String query) {
    public Listing {
        items = List.copyOf(items);
    }

    long pages() {
        return (total + size - 1) / size;
    }

    long start() {
        return (long) page * size;
    }

    /** Of the last item shown. */
    long end() {
        return items.isEmpty() ? start() : start() + items.size() - 1;
    }

    String uri(Format format) {
        return uriOf(page, format);
    }

    String first(Format format) {
        return uriOf(0, format);
    }

    String last(Format format) {
        return uriOf(Math.max(0, pages() - 1), format);
    }

    Optional<String> previous(Format format) {
        return page > 0 ? Optional.of(uriOf(page - 1L, format)) : Optional.empty();
    }

    Optional<String> next(Format format) {
        return start() + size < total ? Optional.of(uriOf(page + 1L, format)) : Optional.empty();
    }

    private String uriOf(long number, Format format) {
        return path + format.suffix() + "?" + query + "Page=" + number + "&PageSize=" + size;
    }
}
