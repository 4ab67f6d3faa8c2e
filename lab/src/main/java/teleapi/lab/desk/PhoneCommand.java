package teleapi.lab.desk;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import teleapi.lab.Terminal;
import teleapi.lab.phone.Voice;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.runtime.real.RealWorld;
import teleapi.sip.SipUri;

/** The command {@code phone}: its options are its manual. */
@Command(
        name = "phone",
        sortOptions = false,
        description = {
            "A phone on the command line: registers, calls, answers, says a tone or a WAV, records, and prints what it"
                    + " hears.",
            "",
            "On a terminal these keys work: 0-9 * # press keys, a answers, h holds, m mutes, q hangs up.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:there was a call", "1:there was none, and stderr says why", "2:the command line is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./teleapi phone --register sip:127.0.0.1:5060 --user bob --answer",
            "      bob, who answers each call after a second and says 440 Hz",
            "  ./teleapi phone --call sip:+15550100@127.0.0.1:5060 --record heard.wav",
            "      someone out there who calls a number",
            "  ./teleapi phone --register sip:127.0.0.1 --user bob --call client:alice",
            "      bob calls alice; his password is in TELEAPI_PHONE_PASSWORD"
        })
public final class PhoneCommand implements Callable<Integer> {
    private static final int SIP_PORT = 5060;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--register",
            paramLabel = "SIP-URI",
            description = "Registers there; numbers and names are called there too.")
    private Optional<String> register = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "phone",
            description = "Who it is. Default: ${DEFAULT-VALUE}")
    private String user = "phone";

    @Option(
            names = "--password",
            paramLabel = "SECRET",
            defaultValue = "${env:TELEAPI_PHONE_PASSWORD}",
            description = "Better in the environment as TELEAPI_PHONE_PASSWORD: a command line can be read by others.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "The password is its first line.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--call",
            paramLabel = "WHOM",
            description = "A SIP URI; with --register also a +number or a client's name.")
    private Optional<String> call = Optional.empty();

    @Option(
            names = "--answer",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "SECONDS",
            description = "Answers calls, after that time. Default: 1")
    private Optional<Double> answer = Optional.empty();

    @Option(
            names = "--tone",
            paramLabel = "HZ",
            defaultValue = "440",
            description = "What it says: a tone; 0 is silence. Default: 440")
    private int tone = 440;

    @Option(names = "--wav", paramLabel = "FILE", description = "What it says: this sound, again and again.")
    private Optional<Path> wav = Optional.empty();

    @Option(names = "--record", paramLabel = "FILE", description = "Keeps what it hears: WAV, 8 kHz, 16 bit.")
    private Optional<Path> record = Optional.empty();

    @Option(
            names = "--send-digits",
            paramLabel = "KEYS",
            defaultValue = "",
            description = "Presses these keys when the call is there.")
    private String digits = "";

    @Option(names = "--hang-up-after", paramLabel = "SECONDS", description = "Hangs up when it has talked for so long.")
    private Optional<Double> hangUpAfter = Optional.empty();

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Gives up when no call has come by then.")
    private Optional<Double> patience = Optional.empty();

    @Option(names = "--stay", description = "Waits for the next call when one is over.")
    private boolean stays;

    @Option(
            names = "--bind",
            paramLabel = "HOST:PORT",
            description = "Its own SIP address. Default: any port, where the other side can reach it")
    private Optional<String> bind = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this manual.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Option(names = "--quiet", description = "Prints errors alone.")
    private boolean quiet;

    @Override
    public Integer call() {
        boolean terminal = Terminal.there();
        PhoneJob job = job();
        if (job.target().isEmpty() && job.answerAfter().isEmpty() && (!terminal || quiet)) {
            throw wrong("it would ring for ever: give --call or --answer");
        }
        try {
            return DeskPhone.run(RealWorld.create(), job, terminal);
        } catch (IOException failure) {
            System.err.println("teleapi phone: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private PhoneJob job() {
        Optional<InetSocketAddress> registrar = register.map(this::registrar);
        Optional<SipUri> target = call.map(whom -> target(whom, registrar));
        if (!digits.chars().allMatch(key -> "0123456789*#ABCD".indexOf(key) >= 0)) {
            throw wrong("--send-digits has 0-9 * # A-D only");
        }
        return new PhoneJob(
                bind.map(text -> address(text, 0)).orElseGet(() -> reachable(registrar, target)),
                registrar,
                user,
                password(),
                target,
                answer.map(value -> seconds("--answer", value)),
                hangUpAfter.map(value -> seconds("--hang-up-after", value)),
                patience.map(value -> seconds("--wait", value)),
                stays,
                digits,
                voice(),
                record,
                quiet);
    }

    private InetSocketAddress registrar(String text) {
        SipUri uri = SipUri.parse(text.startsWith("sip:") ? text : "sip:" + text)
                .orElseThrow(() -> wrong("--register is no SIP URI such as sip:127.0.0.1:5060: " + text));
        return new InetSocketAddress(uri.host(), uri.port().orElse(SIP_PORT));
    }

    private SipUri target(String whom, Optional<InetSocketAddress> registrar) {
        if (whom.startsWith("sip:")) {
            return SipUri.parse(whom).orElseThrow(() -> wrong("--call is no SIP URI: " + whom));
        }
        InetSocketAddress there = registrar.orElseThrow(() ->
                wrong("--call " + whom + " needs --register, or a SIP URI such as sip:" + whom + "@127.0.0.1:5060"));
        String name = whom.startsWith("client:") ? whom.substring("client:".length()) : whom;
        return SipUri.of(name, there.getHostString(), there.getPort());
    }

    private String password() {
        if (passwordFile.isEmpty()) {
            return password.orElse("");
        }
        try (var lines = Files.lines(passwordFile.get())) {
            return lines.findFirst().orElse("");
        } catch (IOException | java.io.UncheckedIOException failure) {
            throw wrong("--password-file cannot be read: " + passwordFile.get());
        }
    }

    private Voice voice() {
        if (wav.isPresent()) {
            try {
                return Voice.looping(Sound.wav(Files.readAllBytes(wav.get())));
            } catch (IOException | SoundException failure) {
                throw wrong("--wav " + wav.get() + " cannot be used: " + failure.getMessage());
            }
        }
        if (tone < 0 || tone >= 4_000) {
            throw wrong("--tone is from 0 to 3999 Hz");
        }
        return Voice.tone(tone);
    }

    private Duration seconds(String option, double value) {
        if (!(value >= 0 && value < 1e6)) {
            throw wrong(option + " is no number of seconds: " + value);
        }
        return Duration.ofMillis(Math.round(value * 1_000));
    }

    private InetSocketAddress address(String text, int usualPort) {
        int colon = text.lastIndexOf(':');
        try {
            var address = colon < 0
                    ? new InetSocketAddress(text, usualPort)
                    : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            if (!address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException notAPort) {
            // said below
        }
        throw wrong("--bind is no HOST:PORT of this machine: " + text);
    }

    /** On this machine when the other side is; otherwise this machine's first address. */
    private InetSocketAddress reachable(Optional<InetSocketAddress> registrar, Optional<SipUri> target) {
        InetSocketAddress peer = registrar
                .or(() -> target.map(uri -> new InetSocketAddress(uri.host(), SIP_PORT)))
                .orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (!peer.isUnresolved() && peer.getAddress().isLoopbackAddress()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(own -> own instanceof Inet4Address && !own.isLoopbackAddress())
                    .findFirst()
                    .map(InetAddress::getHostAddress)
                    .map(host -> new InetSocketAddress(host, 0))
                    .orElseThrow(() -> wrong("this machine has no address but its loopback: give --bind"));
        } catch (java.net.SocketException failure) {
            throw wrong("the addresses of this machine cannot be listed: give --bind");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
