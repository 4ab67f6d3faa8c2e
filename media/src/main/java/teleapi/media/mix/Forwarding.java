package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.RtpPacket;

/**
 * What goes on to one peer of what others send: as it came where it can be, else coded anew.
 *
 * <pre>
 * Thread  the media loop's
 * Source  RFC 3550 §7.1, RFC 4733, ADR-0021
 * </pre>
 */
final class Forwarding {
    // Owned by the thread of the media loop.

    private final Wire wire;
    private final Party party;
    private final Scratch scratch;
    private final Outgoing outgoing;
    private final Ramp ramp;
    private final Recoding recoding = new Recoding(this::recoded);
    /** What is passed on now is coded anew. */
    private boolean recodes;

    Forwarding(Wire wire, Party party, Scratch scratch, Outgoing outgoing, Ramp ramp) {
        this.wire = wire;
        this.party = party;
        this.scratch = scratch;
        this.outgoing = outgoing;
        this.ramp = ramp;
    }

    /** The peer gets another codec. */
    void forget() {
        recoding.forget();
    }

    /** What comes next from {@code source} is a new talk spurt with numbers of its own. */
    void interrupt(Outgoing.Source source) {
        outgoing.interrupt(source);
        recoding.clear();
    }

    /** Another party's packet, as silence or with its sound, which may be rewritten in place; where it must be, coded anew in 20 ms. */
    void forward(Outgoing.Source source, Voice theirs, RtpPacket packet, boolean silent, long now) {
        Optional<InetSocketAddress> target = wire.target();
        if (target.isEmpty()) {
            outgoing.interrupt();
            return;
        }
        boolean anew =
                codesAnew(theirs) || (wire.wide() && (silent || party.ear().mixes()));
        boolean begins = recodes != anew || (theirs.stretchBegins() && !anew) || !outgoing.goesOn(source);
        if (begins && !theirs.newest()) {
            // What was sent after it is here, and was heard as something else.
            return;
        }
        if (begins) {
            recodes = anew;
            outgoing.interrupt(source);
        }
        if (anew) {
            recode(source, theirs, silent, now);
        } else if (outgoing.forward(source, packet, theirs.units(), now)) {
            if (theirs.codec() instanceof G711 law) {
                passOn(law, theirs, silent, target.get(), now);
            } else {
                passOn(theirs, target.get(), now);
            }
        }
    }

    private boolean codesAnew(Voice theirs) {
        return wire.codec() != theirs.codec() && (wire.wide() || theirs.wide());
    }

    private void passOn(G711 theirs, Voice voiceOfThem, boolean silent, InetSocketAddress target, long now) {
        byte[] octets = voiceOfThem.octets();
        int length = voiceOfThem.count();
        G711 law = wire.law();
        if (silent) {
            Arrays.fill(octets, 0, length, law.silence());
        } else if (theirs != law) {
            theirs.toOther(octets, 0, octets, 0, length);
        }
        if (outgoing.newest()) {
            // A late packet has nothing to be added to: the sound has gone on with the one after it.
            party.ear().mixInto(octets, length);
        }
        wire.sound(octets, length, silent, target, now);
    }

    private void passOn(Voice theirs, InetSocketAddress target, long now) {
        if (party.recordings().any()) {
            short[] narrow = theirs.narrow();
            party.recordings()
                    .heard(
                            narrow,
                            theirs.madeUp(),
                            theirs.length() - theirs.madeUp(),
                            wire.sentTime(),
                            outgoing.skipped());
        }
        ramp.passesOn(outgoing, theirs, now);
        scratch.out.put(Wire.HEADER, theirs.octets(), 0, theirs.count());
        wire.send(wire.payloadType(), theirs.count(), target);
    }

    private void recode(Outgoing.Source source, Voice theirs, boolean silent, long now) {
        short[] samples = wire.wide() ? theirs.wideSamples() : theirs.narrow();
        int units = theirs.length();
        if (units == 0) {
            // Late, or here already: what has begun a frame goes on with the next one.
            return;
        }
        int scale = wire.wide() ? 2 : 1;
        if (silent) {
            Arrays.fill(samples, 0, units * scale, (short) 0);
        }
        party.ear().mixInto(samples, units);
        recoding.take(source, silent, samples, units * scale, scale, theirs.time() - theirs.madeUp(), now);
    }

    private void recoded(short[] frame, int time) {
        Optional<InetSocketAddress> target = wire.target();
        if (target.isEmpty()) {
            return;
        }
        int units = time * wire.steps();
        outgoing.recoded(recoding.source(), units, wire.codec().units(20), recoding.at());
        switch (wire.codec()) {
            case G711 law -> {
                law.encode(frame, 0, scratch.coded, 0, frame.length);
                wire.sound(scratch.coded, frame.length, recoding.silent(), target.get(), recoding.at());
            }
            case Wideband to -> wire.sound(wire.coder(to), frame, recoding.silent(), target.get(), recoding.at());
        }
    }

    /** Another party's telephone-event; leaves no gap where it does not go. */
    void forwardEvent(
            Outgoing.Source source, Wire from, ByteBuffer datagram, RtpPacket packet, boolean silent, long now) {
        Optional<InetSocketAddress> target = wire.target();
        if (target.isEmpty()) {
            outgoing.interrupt();
        } else if (silent || !wire.takesEvents()) {
            withhold(source, packet);
        } else if (numbers(source, from.voice(), packet, now)) {
            outgoing.ofEvent(source, packet);
            passOn(from, datagram, packet, target.get());
        }
    }

    /** Gives an event its numbers, in the way of the sound beside it. */
    private boolean numbers(Outgoing.Source source, Voice theirs, RtpPacket packet, long now) {
        int units = wire.codec().units(20);
        if (!outgoing.goesOn(source)) {
            outgoing.eventAlone(source, packet, units, now);
        } else if (recodes) {
            outgoing.recoded(source, theirs.timeOf(packet) * wire.steps(), units, now);
        } else {
            return outgoing.forward(source, packet, units, now);
        }
        return true;
    }

    private void passOn(Wire from, ByteBuffer datagram, RtpPacket packet, InetSocketAddress target) {
        scratch.out.put(Wire.HEADER, datagram, packet.payloadAt(), packet.payloadLength());
        if (from.eventRate() != wire.eventRate() && packet.payloadLength() >= Wire.EVENT_LENGTH) {
            long duration = scratch.out.getShort(Wire.HEADER + 2) & 0xffffL;
            scratch.out.putShort(
                    Wire.HEADER + 2, (short) Math.min(0xffff, duration * wire.eventRate() / from.eventRate()));
        }
        wire.send(wire.sendsEvents(), packet.payloadLength(), target);
    }

    /** Another party's packet does not go on, and leaves no gap. */
    void withhold(Outgoing.Source source, RtpPacket packet) {
        if (!recodes) {
            outgoing.withhold(source, packet);
        }
    }
}
