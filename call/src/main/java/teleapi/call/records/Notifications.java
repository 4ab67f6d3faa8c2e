package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/** Keeps notifications; the same terms as {@link CallRecords}. */
public interface Notifications {
    /** Keeps it soon; never waits. */
    void write(Notification notification);

    /** Of an account, or of one call of it; newest first. */
    Page<Notification> list(Sid account, Optional<Sid> call, int page, int size) throws RecordsUnavailable;
}
