/**
 * Text to speech, and speech to text: engines behind one interface each, chosen by what is installed and by language.
 *
 * <p>Called by {@code call} and {@code server}, from work of its own: it takes its time. This package starts processes and waits for them, always
 * with a time limit. Texts come from strangers: bounded, cleaned, never on a command line. BCP 47. Start reading at
 * {@link teleapi.media.speech.InstalledSpeech} and {@link teleapi.media.speech.Recognition}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.media.speech;
