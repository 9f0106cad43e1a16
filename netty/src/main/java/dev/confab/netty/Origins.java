package dev.confab.netty;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages a browser may connect from, and under which names a door on loopback may be called. A page of a stranger's
 * must neither use a visitor's cookies here nor reach a server on the visitor's own machine.
 */
final class Origins {

    private final boolean loopback;
    private final boolean any;
    private final Set<String> allowed;

    /** What this door was called last, and may be: as a rule everybody calls it the same. */
    private volatile @Nullable String known;

    Origins(boolean loopback, Set<String> allowed) {
        this.loopback = loopback;
        this.any = allowed.contains("*");
        this.allowed = allowed;
    }

    /** Whether a request may come from a page: no page, one of this server, one on this machine, or one that is listed. */
    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || any || allowed.contains(origin)) {
            return true;
        }
        URI uri = uri(origin);
        if (uri == null || uri.getHost() == null) {
            return false;
        }
        return uri.getRawAuthority().equalsIgnoreCase(host) || (loopback && isLoopback(uri.getHost()));
    }

    /**
     * Whether a script of a page may ask, which a browser lets any page do and names no origin for: the referrer has to
     * be there, and of a page that may connect.
     */
    boolean allowsScript(@Nullable String referrer, @Nullable String host) {
        if (any) {
            return true;
        }
        URI uri = referrer == null ? null : uri(referrer);
        if (uri == null || uri.getScheme() == null || uri.getRawAuthority() == null) {
            return false;
        }
        return allows(uri.getScheme() + "://" + uri.getRawAuthority(), host);
    }

    /** Whether a door may be called by this name: a door on loopback only by names of this machine. */
    boolean knows(@Nullable String host) {
        if (!loopback || host == null || host.equals(known)) {
            return true;
        }
        URI uri = uri("http://" + host);
        boolean knows = uri != null && uri.getHost() != null && isLoopback(uri.getHost());
        if (knows) {
            known = host;
        }
        return knows;
    }

    /** Whether a header's value is text that may stand in a header. */
    static boolean isClean(@Nullable String origin) {
        return origin == null || origin.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
