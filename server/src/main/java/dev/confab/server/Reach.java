package dev.confab.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server can be reached. One that listens on all addresses of its machine names none that a browser could open,
 * so they are spelled out.
 *
 * @param urls addresses that a browser can open, the nearest first; at least one
 * @param everywhere whether the server listens on all addresses of its machine
 * @param local whether only this machine gets there
 */
record Reach(List<URI> urls, boolean everywhere, boolean local) {

    /**
     * Finds out.
     *
     * @param listening where the server listens
     * @param machine the addresses that this machine has for others
     */
    static Reach of(URI listening, List<InetAddress> machine) {
        InetAddress address = resolve(listening.getHost());
        if (!address.isAnyLocalAddress()) {
            return new Reach(List.of(listening), false, address.isLoopbackAddress());
        }
        boolean four = address instanceof Inet4Address;
        Stream<String> others = machine.stream()
                .filter(other -> !four || other instanceof Inet4Address)
                .map(Reach::host);
        List<URI> urls = Stream.concat(Stream.of("127.0.0.1"), others)
                .map(host -> URI.create("http://" + host + ":" + listening.getPort()))
                .toList();
        return new Reach(urls, true, false);
    }

    /** The addresses by which other machines know this one; none where the system won't tell. */
    static List<InetAddress> machine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Reach::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    /** An address as URLs have it: of version 6 in brackets, without the name of its network. */
    private static String host(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet4Address ? text : "[" + text + "]";
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the server listens at " + host + ", which is nowhere", e);
        }
    }
}
