package teleapi.flows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.directory.Application;
import teleapi.call.directory.Client;
import teleapi.call.directory.Directory;
import teleapi.call.directory.Kept;
import teleapi.call.directory.PhoneNumber;
import teleapi.call.directory.QueueSettings;
import teleapi.call.directory.Shelf;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallJournal;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.ConferenceRecords;
import teleapi.call.records.Journals;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.Notification;
import teleapi.call.records.Notifications;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.OwedCallbacks;
import teleapi.call.records.Page;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;

/** The store of the simulation: remembers every write, so that a test can look at each step of a call's life. One thread at a time. */
final class Memory {
    final Map<Sid, List<CallRecord>> calls = new LinkedHashMap<>();
    final List<Notification> notifications = new ArrayList<>();
    final List<AccountEvent> events = new ArrayList<>();
    final Map<Sid, CallJournal> journals = new LinkedHashMap<>();
    final Map<Sid, CallQuality> qualities = new LinkedHashMap<>();
    final Map<Sid, OwedCallback> owed = new LinkedHashMap<>();
    final Map<Sid, ConferenceRecord> conferences = new LinkedHashMap<>();
    final Map<Sid, RecordingRecord> recordings = new LinkedHashMap<>();
    final Map<Sid, TranscriptionRecord> transcriptions = new LinkedHashMap<>();
    final Map<Sid, List<MessageRecord>> messages = new LinkedHashMap<>();
    final Map<Sid, QueueSettings> queues = new LinkedHashMap<>();
    final Map<Sid, Account> accounts = new LinkedHashMap<>();
    final Map<String, PhoneNumber> numbers = new LinkedHashMap<>();
    final Map<String, Client> clients = new LinkedHashMap<>();

    /** How many notifications of that code have been written. */
    long notified(int code) {
        return notifications.stream().filter(note -> note.code() == code).count();
    }

    CallRecord last(Sid call) {
        return Optional.ofNullable(calls.get(call)).orElseThrow().getLast();
    }

    final class Calls implements CallRecords {
        @Override
        public void write(CallRecord record) {
            calls.computeIfAbsent(record.sid(), sid -> new ArrayList<>()).add(record);
        }

        @Override
        public void commit(CallRecord record) {
            write(record);
        }

        @Override
        public Optional<CallRecord> find(Sid account, Sid call) {
            return Optional.ofNullable(calls.get(call)).map(List::getLast);
        }

        @Override
        public void write(CallQuality quality) {
            qualities.put(quality.callSid(), quality);
        }

        @Override
        public Optional<CallQuality> quality(Sid account, Sid call) {
            return Optional.ofNullable(qualities.get(call));
        }

        @Override
        public Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }
    }

    final class Conferences implements ConferenceRecords {
        @Override
        public void write(ConferenceRecord record) {
            conferences.put(record.sid(), record);
        }

        @Override
        public Optional<ConferenceRecord> find(Sid account, Sid conference) {
            return Optional.ofNullable(conferences.get(conference));
        }

        @Override
        public Page<ConferenceRecord> list(
                Sid account,
                Optional<ConferenceRecord.Status> status,
                Optional<String> friendlyName,
                int page,
                int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }
    }

    final class Notes implements Notifications {
        @Override
        public void write(Notification notification) {
            notifications.add(notification);
        }

        @Override
        public Page<Notification> list(Sid account, Optional<Sid> call, int page, int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }
    }

    final class Diaries implements Journals {
        @Override
        public void write(CallJournal journal) {
            journals.put(journal.callSid(), journal);
        }

        @Override
        public Optional<CallJournal> find(Sid account, Sid call) {
            return Optional.ofNullable(journals.get(call));
        }
    }

    final class Debts implements OwedCallbacks {
        @Override
        public void write(OwedCallback callback) {
            if (callback.settled()) {
                owed.remove(callback.sid());
            } else {
                owed.put(callback.sid(), callback);
            }
        }

        @Override
        public void commit(OwedCallback callback) {
            write(callback);
        }

        @Override
        public List<OwedCallback> left() {
            return List.copyOf(owed.values());
        }
    }

    final class Tapes implements Recordings {
        @Override
        public void write(RecordingRecord record) {
            RecordingRecord before = recordings.get(record.sid());
            boolean over = before != null && before.status().ended();
            if (over && record.status().ended()) {
                throw new IllegalStateException("recording " + record.sid() + " ends twice");
            }
            if (!over) {
                recordings.put(record.sid(), record);
            }
        }

        @Override
        public Optional<RecordingRecord> find(Sid account, Sid recording) {
            return Optional.ofNullable(recordings.get(recording));
        }

        @Override
        public Page<RecordingRecord> list(
                Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }

        @Override
        public List<RecordingRecord> endedBefore(Instant then, int most) {
            return recordings.values().stream()
                    .filter(one -> one.status().ended() && one.dateUpdated().isBefore(then))
                    .limit(most)
                    .toList();
        }

        @Override
        public void delete(Sid account, Sid recording) {
            recordings.remove(recording);
        }
    }

    final class Texts implements Transcriptions {
        @Override
        public void write(TranscriptionRecord record) {
            TranscriptionRecord before = transcriptions.put(record.sid(), record);
            if (before != null && before.status().ended()) {
                throw new IllegalStateException("transcription " + record.sid() + " ends twice");
            }
        }

        @Override
        public Optional<TranscriptionRecord> find(Sid account, Sid transcription) {
            return Optional.ofNullable(transcriptions.get(transcription));
        }

        @Override
        public Page<TranscriptionRecord> list(Sid account, Optional<Sid> recording, int page, int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }

        @Override
        public void delete(Sid account, Sid transcription) {
            transcriptions.remove(transcription);
        }
    }

    final class Letters implements MessageRecords {
        @Override
        public void write(MessageRecord record) {
            List<MessageRecord> writes = messages.computeIfAbsent(record.sid(), fresh -> new ArrayList<>());
            if (!writes.isEmpty() && writes.getLast().status().ended()) {
                throw new IllegalStateException("message " + record.sid() + " ends twice");
            }
            writes.add(record);
        }

        @Override
        public void commit(MessageRecord record) {
            write(record);
        }

        @Override
        public Optional<MessageRecord> find(Sid account, Sid message) {
            return Optional.ofNullable(messages.get(message)).map(List::getLast);
        }

        @Override
        public Page<MessageRecord> list(Sid account, MessageFilter filter, int page, int size) {
            throw new UnsupportedOperationException("lists are the real store's, and tested there");
        }

        @Override
        public void delete(Sid account, Sid message) {
            messages.remove(message);
        }
    }

    final class Phonebook implements Directory {
        @Override
        public Optional<Account> account(Sid account) {
            return Optional.ofNullable(accounts.get(account));
        }

        @Override
        public Optional<PhoneNumber> number(String phoneNumber) {
            return Optional.ofNullable(numbers.get(phoneNumber));
        }

        @Override
        public Optional<Client> client(String login) {
            return Optional.ofNullable(clients.get(login));
        }

        @Override
        public Optional<Application> application(Sid application) {
            return Optional.empty();
        }

        @Override
        public Optional<QueueSettings> queue(Sid account, String friendlyName) {
            return queues.values().stream()
                    .filter(queue -> queue.friendlyName().equals(friendlyName))
                    .findFirst();
        }
    }

    final class QueueShelf implements Shelf<QueueSettings> {
        @Override
        public Kept<QueueSettings> add(QueueSettings queue) {
            if (queues.values().stream().anyMatch(there -> there.friendlyName().equals(queue.friendlyName()))) {
                return new Kept.Conflict<>("FriendlyName", queue.friendlyName());
            }
            queues.put(queue.sid(), queue);
            return new Kept.Done<>(queue);
        }

        @Override
        public Optional<QueueSettings> find(Sid account, Sid queue) {
            return Optional.ofNullable(queues.get(queue));
        }

        @Override
        public List<QueueSettings> list(Sid account) {
            return List.copyOf(queues.values());
        }

        @Override
        public Kept<QueueSettings> change(Sid account, Sid queue, UnaryOperator<QueueSettings> change) {
            throw new UnsupportedOperationException("changes are the real store's, and tested there");
        }

        @Override
        public boolean remove(Sid account, Sid queue) {
            throw new UnsupportedOperationException("changes are the real store's, and tested there");
        }
    }
}
