package teleapi.rcml;

/** How a URL is requested. */
public enum HttpMethod {
    GET,
    POST
}
