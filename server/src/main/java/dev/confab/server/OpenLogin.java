package dev.confab.server;

import dev.confab.Hello;
import dev.confab.Login;
import dev.confab.LoginHook;

/**
 * For development: whoever comes may take any name. It is the query's {@code user}, else its {@code userName}, else the
 * field {@code user} of what the client sent to log in; who gives none is refused.
 */
final class OpenLogin implements LoginHook {

    @Override
    public Login login(Hello hello) {
        return Login.as(hello.query("user").or(() -> hello.query("userName")).or(() -> hello.auth("user")));
    }
}
