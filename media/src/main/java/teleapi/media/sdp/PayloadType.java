package teleapi.media.sdp;

import teleapi.media.codec.Codec;

/** What a payload type number means in one stream. */
public record PayloadType(int number, Codec codec) {}
