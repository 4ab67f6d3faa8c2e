package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.clean;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.found;
import static teleapi.rcml.Documents.response;
import static teleapi.rcml.Documents.skipped;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StreamReaderTest {
    @Test
    void startHasItsStreamsWithAllTheirAttributes() {
        // peers.md part 2; docs/api/streams.md
        Start start = clean(Start.class, """
            <Start><Stream name="ear" url="wss://bot.example/a?b=c" track="both_tracks" statusCallback="/told"
              statusCallbackMethod="GET"><Parameter name="who" value="me"/><Parameter name="empty" value=""/></Stream>
            <Stream url="ws://bot.example"/></Start>\
            """);
        Stream ear = start.streams().getFirst();
        assertEquals(Optional.of("ear"), ear.name());
        assertEquals("wss://bot.example/a?b=c", ear.url());
        assertEquals(Stream.Track.BOTH, ear.track());
        assertEquals(Optional.of("/told"), ear.statusCallback());
        assertEquals(HttpMethod.GET, ear.statusCallbackMethod());
        assertEquals(Map.of("who", "me", "empty", ""), ear.parameters());
        assertEquals(List.of("who", "empty"), List.copyOf(ear.parameters().keySet()));
        Stream other = start.streams().getLast();
        assertEquals(Optional.empty(), other.name());
        assertEquals(Stream.Track.INBOUND, other.track());
    }

    @Test
    void aStreamThatStandsAloneIsStarted() {
        // CONTRACT section 3 has it among the verbs
        Start start = clean(Start.class, "<Stream url='ws://bot.example/' track='outbound_track'/>");
        assertEquals(Stream.Track.OUTBOUND, start.streams().getFirst().track());
    }

    @Test
    void stopNamesItsStreamsAndConnectHasOne() {
        // peers.md part 2
        assertEquals(
                List.of("ear", "eye"),
                clean(Stop.class, "<Stop><Stream name='ear'/><Stream name='eye'/></Stop>")
                        .names());
        Connect connect =
                clean(Connect.class, "<Connect action='/done' method='GET'><Stream url='ws://bot/'/></Connect>");
        assertEquals(Optional.of("/done"), connect.action());
        assertEquals(HttpMethod.GET, connect.method());
        found(Connect.class, RcmlCode.STREAM_TRACK, "<Connect><Stream url='ws://bot/' track='both_tracks'/></Connect>");
        found(
                Connect.class,
                RcmlCode.SCHEMA_WARNING,
                "<Connect><Stream url='ws://bot/'/><Stream url='ws://bot/'/></Connect>");
    }

    @Test
    void whatCannotBeStreamedIsSkippedWithTheReason() {
        // issue 4 "What bad input gets"
        for (String url : List.of("http://bot/", "/audio", "ws:bot", "ws://", "wss://u%zz/", "ws://bot:70000/")) {
            RcmlDocument document = response("<Start><Stream url='" + url + "'/></Start>");
            assertTrue(document.verbs().isEmpty(), url);
            codes(document, RcmlCode.SCHEMA_WARNING, RcmlCode.STREAM_URL, RcmlCode.SCHEMA_WARNING);
        }
        skipped(RcmlCode.SCHEMA_WARNING, "<Start/>");
        skipped(RcmlCode.SCHEMA_WARNING, "<Stop/>");
        skipped(RcmlCode.SCHEMA_WARNING, "<Connect/>");
        found(Start.class, RcmlCode.STREAM_TRACK, "<Start><Stream url='ws://bot/' track='all'/></Start>");
        found(Start.class, RcmlCode.SCHEMA_WARNING, "<Start><Siprec/><Stream url='ws://bot/'/></Start>");
        found(Start.class, RcmlCode.SCHEMA_WARNING, "<Start>now<Stream url='ws://bot/'/></Start>");
        codes(response("<Stop><Stream/></Stop>"), RcmlCode.SCHEMA_WARNING, RcmlCode.SCHEMA_WARNING);
    }

    @Test
    void parametersHaveLimitsAndAreNeverQuoted() {
        // docs/api/streams.md limits
        String inside = "<Parameter name='a' value='" + "geheim".repeat(90) + "'/><Parameter value='geheim'/><Other/>"
                + "<Parameter name='b' value='x'>text</Parameter>";
        RcmlDocument document = response("<Start><Stream url='ws://bot/'>" + inside + "</Stream></Start>");
        assertEquals(
                Map.of("a", "", "b", "x"),
                ((Start) document.verbs().getFirst()).streams().getFirst().parameters());
        assertTrue(document.findings().size() >= 4);
        assertTrue(document.findings().stream()
                .noneMatch(finding -> finding.message().contains("geheim")));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Stream.MAX_PARAMETERS; i++) {
            many.append("<Parameter name='p").append(i).append("' value=''/>");
        }
        Start start = found(
                Start.class, RcmlCode.SCHEMA_WARNING, "<Start><Stream url='ws://bot/'>" + many + "</Stream></Start>");
        assertEquals(
                Stream.MAX_PARAMETERS, start.streams().getFirst().parameters().size());
    }
}
