package services;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses to publish ports on, as they are written. Names are none of them: a name could mean another address tomorrow. */
public final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*+:[0-9a-fA-F:.]*+");

    private IpAddress() {}

    /** Whether this is an IPv4 address of four numbers, or an IPv6 address without brackets. Asks no name server. */
    public static boolean is(String text) {
        if (V4.matcher(text).matches()) {
            return true;
        }
        if (!V6.matcher(text).matches()) {
            return false;
        }
        try {
            // In brackets nothing but an address is read.
            InetAddress.getByName("[" + text + "]");
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether only programs of the same machine reach what is published on it. */
    public static boolean isLoopback(String address) {
        try {
            return is(address) && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
