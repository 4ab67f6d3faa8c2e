package teleapi.lab.desk;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import teleapi.lab.phone.Voice;
import teleapi.sip.SipUri;

/**
 * What a command-line phone is to do.
 *
 * @param registrar where it registers, and where numbers and names go
 * @param target whom it calls
 * @param answerAfter how long it rings before it answers; empty: until a key is pressed
 * @param hangUpAfter how long it talks
 * @param patience how long it waits for a call
 * @param stays whether it waits for another call after one
 */
record PhoneJob(
        InetSocketAddress bind,
        Optional<InetSocketAddress> registrar,
        String user,
        String password,
        Optional<SipUri> target,
        Optional<Duration> answerAfter,
        Optional<Duration> hangUpAfter,
        Optional<Duration> patience,
        boolean stays,
        String digits,
        Voice voice,
        Optional<Path> recording,
        boolean quiet) {}
