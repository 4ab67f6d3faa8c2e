package teleapi.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import teleapi.call.Trunk;
import teleapi.call.directory.Account;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.runtime.World;
import teleapi.server.Settings;
import teleapi.server.StartException;
import teleapi.server.Teleapi;
import teleapi.sip.SipUri;

/**
 * Everything the story needs, on free ports of this machine: phones, the server with its database in a temporary folder, the application.
 *
 * <pre>
 * Thread  main's
 * Errors  IOException or StartException when something cannot be started; the process ends then
 * </pre>
 */
final class Premises implements AutoCloseable {
    private final Path folder;
    private final Map<Party, Phone> phones = new EnumMap<>(Party.class);
    private final Teleapi teleapi;
    private final Account account;
    private final ExampleApplication application;
    private final RestClient rest;

    Premises(World world, Watch watch) throws IOException, StartException {
        folder = Files.createTempDirectory("teleapi-demo-");
        for (Party party : Party.values()) {
            phones.put(party, phone(world, watch, party));
        }
        // Numbers that are not ours go to the carrier, who is the fifth phone.
        Trunk carrier = Trunk.parse(
                        "sip:127.0.0.1:" + phone(Party.NUMBER).address().getPort())
                .orElseThrow();
        teleapi = Teleapi.start(Settings.onFreePorts(folder).withTrunk(carrier));
        account = teleapi.madeAccount().orElseThrow();
        application = ExampleApplication.start((asked, answer) -> watch.see(new Seen.Asked(
                asked.path(), asked.parameters(), answer, world.time().nanos())));
        rest = new RestClient(world.time(), teleapi.http(), account.sid().text(), account.authToken(), watch::see);
    }

    private static Phone phone(World world, Watch watch, Party party) throws IOException {
        var settings = new PhoneSettings(
                party.user(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), party.tone(), Party.tones());
        var gear = PhoneGear.plain(settings)
                .with((at, sent, transport, peer, message) -> watch.see(
                        new Seen.Sip(party, sent, message, world.time().nanos())));
        return Phone.open(
                world,
                settings,
                gear,
                event -> watch.see(new Seen.Noticed(party, event, world.time().nanos())));
    }

    Phone phone(Party party) {
        return java.util.Objects.requireNonNull(phones.get(party));
    }

    /** Where a phone is reached without teleapi. */
    SipUri address(Party party) {
        return SipUri.of(party.user(), "127.0.0.1", phone(party).address().getPort());
    }

    /** A user at teleapi: a number, a client. */
    SipUri at(String user) {
        return SipUri.of(user, "127.0.0.1", teleapi.sip().getPort());
    }

    InetSocketAddress sip() {
        return teleapi.sip();
    }

    ExampleApplication application() {
        return application;
    }

    RestClient rest() {
        return rest;
    }

    Path folder() {
        return folder;
    }

    /** For curl's -u. */
    String credentials() {
        return account.sid() + ":" + account.authToken();
    }

    @Override
    public void close() throws IOException {
        phones.values().forEach(Phone::close);
        rest.close();
        teleapi.close();
        application.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
