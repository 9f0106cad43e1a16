package dev.confab.netty;

import java.util.Map;
import java.util.Optional;

/** What a door answers to GET and HEAD requests that are not for Socket.IO: a page and what belongs to it. */
@FunctionalInterface
public interface HttpContent {

    /** Nothing: every path is not found. */
    HttpContent NONE = _ -> Optional.empty();

    /**
     * The resource at a path. Called on an event loop: it must not block, a look-up in a map will do.
     *
     * @param path the decoded path, without the query
     * @return the resource, or nothing where there is none
     */
    Optional<Resource> at(String path);

    /**
     * A resource.
     *
     * @param body its bytes, not to be changed any more
     * @param headers its headers: the content type, how long to keep it, what a page may do; an {@code ETag} is
     *     compared with what the client has
     */
    record Resource(byte[] body, Map<String, String> headers) {
        /** Copies the headers. */
        public Resource {
            headers = Map.copyOf(headers);
        }
    }
}
