package teleapi.rest.resource;

import teleapi.call.records.CallFilter;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/** {@code SortBy=Field:asc|desc}; newest first unless it is said. */
record Sorting(CallFilter.Sort by, boolean ascending) {
    static Sorting of(Parameters filters) {
        return filters.text("SortBy")
                .map(Sorting::parse)
                .orElseGet(() -> new Sorting(CallFilter.Sort.DATE_CREATED, false));
    }

    private static Sorting parse(String text) {
        int colon = text.indexOf(':');
        CallFilter.Sort by = by(colon < 0 ? text : text.substring(0, colon));
        return switch (colon < 0 ? "asc" : text.substring(colon + 1)) {
            case "asc" -> new Sorting(by, true);
            case "desc" -> new Sorting(by, false);
            default -> throw Refused.parameter(Code.INVALID_PARAMETER, "SortBy", "must end in :asc or :desc");
        };
    }

    private static CallFilter.Sort by(String field) {
        return switch (field) {
            case "DateCreated" -> CallFilter.Sort.DATE_CREATED;
            case "From" -> CallFilter.Sort.FROM;
            case "To" -> CallFilter.Sort.TO;
            case "Direction" -> CallFilter.Sort.DIRECTION;
            case "Status" -> CallFilter.Sort.STATUS;
            case "Duration" -> CallFilter.Sort.DURATION;
            default ->
                throw Refused.parameter(
                        Code.INVALID_PARAMETER,
                        "SortBy",
                        "must be DateCreated, From, To, Direction, Status or Duration");
        };
    }
}
