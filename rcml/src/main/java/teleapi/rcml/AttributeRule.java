package teleapi.rcml;

/**
 * What the parser knows of one attribute, in words for people.
 *
 * @param values what it may have
 * @param otherwise what counts when it is absent or wrong; empty: nothing
 * @param code the error code of a wrong value
 * @param supported whether it is acted on
 */
public record AttributeRule(String name, String values, String otherwise, int code, boolean supported) {}
