package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.MessageSettings;
import teleapi.call.directory.PhoneNumber;

/** Table {@code numbers}. */
final class NumberTable implements ShelfTable<PhoneNumber> {
    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public Row row(PhoneNumber number) {
        Row row = new Row()
                .sid("sid", number.sid())
                .sid("account_sid", number.accountSid())
                .text("phone_number", number.phoneNumber())
                .text("number_key", key(number.phoneNumber()))
                .text("friendly_name", number.friendlyName());
        MessageSettings sms = number.sms();
        return VoiceColumns.add(row, number.voice())
                .text("sms_url", sms.smsUrl())
                .text("sms_method", sms.smsMethod().name())
                .text("sms_fallback_url", sms.fallbackUrl())
                .text("sms_fallback_method", sms.fallbackMethod().name())
                .sid("sms_application_sid", sms.applicationSid())
                .time("date_created", number.dateCreated())
                .time("date_updated", number.dateUpdated());
    }

    @Override
    public PhoneNumber read(Columns columns) throws SQLException {
        return new PhoneNumber(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.text("phone_number"),
                columns.text("friendly_name"),
                VoiceColumns.read(columns),
                sms(columns),
                columns.time("date_created"),
                columns.time("date_updated"));
    }

    private static MessageSettings sms(Columns columns) throws SQLException {
        return new MessageSettings(
                columns.maybeText("sms_url"),
                VoiceColumns.method(columns.text("sms_method")),
                columns.maybeText("sms_fallback_url"),
                VoiceColumns.method(columns.text("sms_fallback_method")),
                columns.maybeSid("sms_application_sid"));
    }

    @Override
    public Sid sid(PhoneNumber number) {
        return number.sid();
    }

    @Override
    public boolean visible(PhoneNumber number, Sid account) {
        return number.accountSid().equals(account);
    }

    @Override
    public Optional<String> key(PhoneNumber number) {
        return Optional.of(key(number.phoneNumber()));
    }

    @Override
    public String keyName() {
        return "PhoneNumber";
    }

    /** With and without + are the same number. */
    static String key(String phoneNumber) {
        return phoneNumber.startsWith("+") ? phoneNumber.substring(1) : phoneNumber;
    }
}
