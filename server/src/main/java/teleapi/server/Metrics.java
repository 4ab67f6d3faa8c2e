package teleapi.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import teleapi.call.Switchboard;
import teleapi.call.records.RecordingFolder;
import teleapi.call.stream.Streaming;
import teleapi.call.webhook.Deliveries;
import teleapi.media.MediaEngine;
import teleapi.media.speech.QueuedSpeech;
import teleapi.media.speech.Recognition;
import teleapi.store.Store;

/**
 * What is shown under /metrics. The names are part of the contract: dots become underscores, counters end in _total.
 *
 * <pre>
 * Thread  any: every value is a snapshot that its owner has published
 * Source  CONTRACT section 1
 * </pre>
 */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    Metrics(
            Switchboard switchboard,
            MediaEngine media,
            Store store,
            Deliveries callbacks,
            RecordingFolder recordings,
            QueuedSpeech speech,
            Recognition recognition,
            Streaming streaming,
            QualityHistograms quality) {
        gauge("teleapi.calls.live", switchboard, board -> board.gauges().callsLive());
        gauge("teleapi.conferences.live", switchboard, board -> board.gauges().conferencesLive());
        gauge("teleapi.queues.live", switchboard, board -> board.gauges().queuesLive());
        gauge("teleapi.queue.members", switchboard, board -> board.gauges().queueMembers());
        gauge("teleapi.messages.live", switchboard, board -> board.gauges().messagesLive());
        counter(
                "teleapi.messages.accepted",
                switchboard,
                board -> board.gauges().messagesAccepted());
        gauge("teleapi.media.sessions.live", media, engine -> engine.counters().sessions());
        gauge("teleapi.rtp.ports.used", media, engine -> engine.counters().portsUsed());
        gauge(
                "teleapi.sip.dialogs.live",
                switchboard,
                board -> board.sip().counters().dialogs());
        gauge(
                "teleapi.sip.transactions.live",
                switchboard,
                board -> board.sip().counters().transactions());
        gauge(
                "teleapi.sip.registrations",
                switchboard,
                board -> board.sip().counters().registrations());
        gauge("teleapi.recordings.live", recordings, RecordingFolder::live);
        gauge("teleapi.speeches.live", speech, QueuedSpeech::live);
        counter("teleapi.speeches.refused", speech, QueuedSpeech::refused);
        gauge("teleapi.recognitions.live", recognition, Recognition::live);
        counter("teleapi.recognitions.refused", recognition, Recognition::refused);
        gauge("teleapi.streams.live", streaming, Streaming::live);
        counter("teleapi.streams.frames.lost", streaming, Streaming::framesLost);
        gauge("teleapi.records.waiting", store, kept -> kept.reading().waiting());
        counter("teleapi.calls.started", switchboard, board -> board.gauges().callsStarted());
        counter(
                "teleapi.modifications.accepted",
                switchboard,
                board -> board.gauges().modificationsAccepted());
        counter(
                "teleapi.sip.messages.in",
                switchboard,
                board -> board.sip().counters().messagesIn());
        counter(
                "teleapi.sip.messages.out",
                switchboard,
                board -> board.sip().counters().messagesOut());
        counter(
                "teleapi.sip.dropped",
                switchboard,
                board -> board.sip().counters().dropped());
        counter(
                "teleapi.sip.credentials.wrong",
                switchboard,
                board -> board.sip().counters().wrongCredentials());
        counter(
                "teleapi.sip.credentials.unheard",
                switchboard,
                board -> board.sip().counters().unheardCredentials());
        counter(
                "teleapi.sip.retransmissions.out",
                switchboard,
                board -> board.sip().counters().retransmissionsOut());
        counter("teleapi.rtp.packets.in", media, engine -> engine.counters().packetsIn());
        counter("teleapi.rtp.packets.out", media, engine -> engine.counters().packetsOut());
        counter("teleapi.rtp.strangers", media, engine -> engine.counters().strangers());
        counter("teleapi.rtp.malformed", media, engine -> engine.counters().malformed());
        counter("teleapi.rtp.excess", media, engine -> engine.counters().excess());
        counter("teleapi.rtp.refused.sends", media, engine -> engine.counters().refusedSends());
        gauge("teleapi.callbacks.waiting", callbacks, Deliveries::waiting);
        counter("teleapi.callbacks.given.up", callbacks, Deliveries::givenUp);
        counter("teleapi.records.lost", store, kept -> kept.reading().lost());
        quality.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** Prometheus text. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }

    private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).strongReference(true).register(registry);
    }

    private <T> void counter(String name, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).register(registry);
    }
}
