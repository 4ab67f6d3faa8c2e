package teleapi.call.records;

import java.util.List;

/**
 * A stretch of a list.
 *
 * @param items of this page, in order
 * @param number counted from 0
 * @param size how many a full page has
 * @param total how many there are on all pages
 */
public record Page<T>(List<T> items, int number, int size, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
