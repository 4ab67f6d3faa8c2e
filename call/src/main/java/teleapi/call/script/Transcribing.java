package teleapi.call.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Equipment;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.webhook.ProgressCallbacks;
import teleapi.call.webhook.Urls;
import teleapi.media.Sound;
import teleapi.media.speech.Expected;
import teleapi.media.speech.Heard;
import teleapi.media.speech.Recognition;
import teleapi.rcml.SpeechTerms;
import teleapi.rcml.Transcribe;

/**
 * Makes the text of a recording, when that is done and whether or not its call still is, and tells who wants to know.
 *
 * <pre>
 * Shape   recordings of at most two minutes; one after the other, whoever they belong to
 * Thread  made by the call's; the work is on a script of its own, which waits
 * Errors  a text that cannot be had is a transcription that failed, and a notification
 * Source  reference/restcomm.md 4.4, 5.4; ADR-0022
 * </pre>
 */
final class Transcribing {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** Others may come first. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Script script;
    private final Equipment equipment;
    private final Transcribe wanted;
    private final Optional<String> callback;

    Transcribing(Script script, Transcribe wanted, String baseUrl) {
        this.script = script;
        this.equipment = script.equipment;
        this.wanted = wanted;
        this.callback = wanted.callback().flatMap(url -> Urls.resolve(baseUrl, url));
        if (wanted.callback().isPresent() && callback.isEmpty()) {
            script.notify(false, 11100, "transcribeCallback is no URL", baseUrl);
        }
    }

    /** Its file is done with. What has no sound has no text. */
    void begin(RecordingRecord recording) {
        if (recording.hasSound()) {
            equipment.world().start("transcription", () -> transcribe(recording));
        }
    }

    // ---- a script of its own

    private void transcribe(RecordingRecord recording) {
        var now = equipment.world().time().now();
        TranscriptionRecord begun = new TranscriptionRecord(
                Sid.fresh(Sid.TRANSCRIPTION, equipment.world()),
                recording.accountSid(),
                recording.callSid(),
                recording.sid(),
                TranscriptionRecord.Status.IN_PROGRESS,
                now,
                now,
                recording.duration().orElse(Duration.ZERO),
                "",
                0);
        equipment.transcriptions().write(begun);
        TranscriptionRecord end = switch (text(recording, begun.duration())) {
            case Recognition.Outcome.Recognised(Heard heard) ->
                begun.ended(
                        TranscriptionRecord.Status.COMPLETED,
                        heard.text(),
                        equipment.world().time().now());
            case Recognition.Outcome.Failed(String reason) -> {
                notifyOf(begun, reason);
                yield begun.ended(
                        TranscriptionRecord.Status.FAILED,
                        "",
                        equipment.world().time().now());
            }
        };
        equipment.transcriptions().write(end);
        callback.ifPresent(url -> tell(url, recording, end));
    }

    private Recognition.Outcome text(RecordingRecord recording, Duration length) {
        if (length.compareTo(LONGEST) > 0) {
            return new Recognition.Outcome.Failed("it has " + length.toSeconds() + " s, limit " + LONGEST.toSeconds());
        }
        Expected anything = new Expected(SpeechTerms.DEFAULT_LANGUAGE, List.of(), false);
        return equipment.recognition().transcribe(() -> sound(recording), anything, PATIENCE);
    }

    private short[] sound(RecordingRecord recording) {
        try {
            return Sound.wav(Files.readAllBytes(equipment.recordingFolder().file(recording.sid())))
                    .samples();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void notifyOf(TranscriptionRecord transcription, String reason) {
        String message = "recording " + transcription.recordingSid() + " is not transcribed: " + reason;
        script.progress.notified(false, TranscriptionRecord.NOT_TRANSCRIBED, message, "");
    }

    private void tell(String url, RecordingRecord recording, TranscriptionRecord end) {
        Map<String, String> parameters = CallParameters.voice(
                script.call.snapshot(),
                script.call.snapshot().status().text(),
                script.call.origin().parameters());
        parameters.put("TranscriptionSid", end.sid().text());
        parameters.put("TranscriptionStatus", end.status().text());
        parameters.put("TranscriptionText", end.text());
        parameters.put("TranscriptionUrl", equipment.recordingFolder().url(end));
        parameters.put("RecordingSid", recording.sid().text());
        parameters.put("RecordingUrl", equipment.recordingFolder().url(recording));
        ProgressCallbacks callbacks = new ProgressCallbacks(
                equipment.world(), equipment.webhooks(), script.call.account().authToken(), script.call.journal());
        callbacks.tell(wanted.method(), url, parameters);
        callbacks.end(() -> {});
    }
}
