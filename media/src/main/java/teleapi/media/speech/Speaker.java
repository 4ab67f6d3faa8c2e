package teleapi.media.speech;

import teleapi.media.Sound;

/** One engine. Text and language have been checked. */
sealed interface Speaker permits Flite, EspeakNg, FreeTts {
    String name();

    boolean speaks(Language language);

    /** In its own voice when it does not speak the language. SoundException when it fails. */
    Sound say(String text, Language language, String voice);
}
