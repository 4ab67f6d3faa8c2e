package teleapi.sip;

/** How a message travels. */
public enum Transport {
    UDP,
    TCP
}
