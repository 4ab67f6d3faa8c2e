package teleapi.rcml;

/** The error codes of documents; the numbers are those that TwiML applications already know. Source: reference/restcomm.md 5.4. */
public enum RcmlCode {
    /** The document is not well-formed, too large, or uses what is refused outright (DOCTYPE). */
    DOCUMENT_PARSE_FAILURE(12100),
    /** The root element is not Response. */
    ROOT_NOT_RESPONSE(12102),
    /** An element, attribute or text that RCML does not know, or that is not supported; also values without a code of their own. */
    SCHEMA_WARNING(12200),
    /** Dial: method is neither GET nor POST. */
    DIAL_METHOD(13210),
    /** Dial: action is no usable URL. */
    DIAL_ACTION(13211),
    /** Dial: timeout is out of range. */
    DIAL_TIMEOUT(13212),
    /** Dial: hangupOnStar is neither true nor false. */
    DIAL_HANGUP_ON_STAR(13213),
    /** Dial: callerId is no usable caller id. */
    DIAL_CALLER_ID(13214),
    /** Dial: a nested element that cannot be dialled, or not together with the others. */
    DIAL_NESTED_ELEMENT(13215),
    /** Dial: timeLimit is out of range. */
    DIAL_TIME_LIMIT(13216),
    /** A dialled leg: method is neither GET nor POST. */
    LEG_METHOD(13221),
    /** Number: sendDigits has characters that cannot be sent. */
    NUMBER_SEND_DIGITS(13222),
    /** Number, Client or Sip: the text is no address; Refer: there is none. */
    LEG_ADDRESS(13223),
    /** Conference: muted is neither true nor false. */
    CONFERENCE_MUTED(13230),
    /** Conference: endConferenceOnExit is neither true nor false. */
    CONFERENCE_END_ON_EXIT(13231),
    /** Conference: startConferenceOnEnter is neither true nor false. */
    CONFERENCE_START_ON_ENTER(13232),
    /** Conference: waitUrl is no usable URL. */
    CONFERENCE_WAIT_URL(13233),
    /** Conference: waitMethod is neither GET nor POST. */
    CONFERENCE_WAIT_METHOD(13234),
    /** Conference: beep is none of true, false, onEnter, onExit. */
    CONFERENCE_BEEP(13235),
    /** Conference: coach is no Sid of a call. */
    CONFERENCE_COACH(13240),
    /** Gather: finishOnKey is not one key. */
    GATHER_FINISH_ON_KEY(13310),
    /** Gather: action is no usable URL. */
    GATHER_ACTION(13311),
    /** Gather: method is neither GET nor POST. */
    GATHER_METHOD(13312),
    /** Gather: timeout is out of range. */
    GATHER_TIMEOUT(13313),
    /** Gather: numDigits is out of range. */
    GATHER_NUM_DIGITS(13314),
    /** Gather: another value is wrong. */
    GATHER_VALUE(13315),
    /** Gather: a nested element that is not Say, Play or Pause. */
    GATHER_NESTED_ELEMENT(13320),
    /** Play: loop is out of range. */
    PLAY_LOOP(13410),
    /** Say: loop is out of range. */
    SAY_LOOP(13510),
    /** Say: voice is no name of a voice. */
    SAY_VOICE(13511),
    /** Say: the text is empty or too long. */
    SAY_TEXT(13520),
    /** Record: method is neither GET nor POST. */
    RECORD_METHOD(13610),
    /** Record: timeout or maxLength is out of range. */
    RECORD_LENGTH(13612),
    /** Record: finishOnKey has what is no key. */
    RECORD_FINISH_ON_KEY(13613),
    /** Redirect: method is neither GET nor POST. */
    REDIRECT_METHOD(13710),
    /** Pause: length is out of range. */
    PAUSE_LENGTH(13910),
    /** Message: to is no usable address. */
    MESSAGE_TO(14101),
    /** Message: from is no usable address. */
    MESSAGE_FROM(14102),
    /** Message: the text is empty or too long. */
    MESSAGE_TEXT(14103),
    /** Message: method is neither GET nor POST. */
    MESSAGE_METHOD(14104),
    /** A verb that does not run in the document that answers a message. */
    MESSAGE_REPLY(14110),
    /** Stream: url is no WebSocket URL. */
    STREAM_URL(31922),
    /** Stream: track is none that can be streamed there. */
    STREAM_TRACK(31941);

    private final int number;

    RcmlCode(int number) {
        this.number = number;
    }

    /** The number under which applications and the docs know it. */
    public int number() {
        return number;
    }
}
