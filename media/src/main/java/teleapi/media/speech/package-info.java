/** Text to speech: engines behind one interface, chosen by what is installed. Called by {@code call} and {@code server}. Start reading at {@link teleapi.media.speech.SpeechEngine}. */
@org.jspecify.annotations.NullMarked
package teleapi.media.speech;
