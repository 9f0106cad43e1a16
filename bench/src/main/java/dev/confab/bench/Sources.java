package dev.confab.bench;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The addresses that clients come from. */
final class Sources {

    /** More than that is a slip of the finger. */
    private static final int MOST = 65_536;

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private Sources() {}

    /**
     * Reads a list.
     *
     * @param text IPv4 addresses and ranges of them, such as {@code 127.0.0.1-127.0.0.8,127.0.1.1}
     * @throws UnclearException where it is none
     */
    static List<InetAddress> parse(String text) {
        var addresses = new ArrayList<InetAddress>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            if (ends.length > 2) {
                throw unclear(part);
            }
            long first = number(ends[0]);
            long last = number(ends[ends.length - 1]);
            if (first > last || last - first + addresses.size() >= MOST) {
                throw unclear(part);
            }
            for (long n = first; n <= last; n++) {
                addresses.add(address(n));
            }
        }
        return List.copyOf(addresses);
    }

    private static long number(String text) {
        if (!IPV4.matcher(text).matches()) {
            throw unclear(text);
        }
        long number = 0;
        for (String part : text.split("\\.", -1)) {
            int value = Integer.parseInt(part);
            if (value > 255) {
                throw unclear(text);
            }
            number = number << 8 | value;
        }
        return number;
    }

    private static InetAddress address(long number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt((int) number).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static UnclearException unclear(String part) {
        return new UnclearException("\"" + part + "\" is no address or range such as 127.0.0.1-127.0.0.8");
    }
}
