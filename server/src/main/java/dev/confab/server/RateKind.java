package dev.confab.server;

import dev.confab.RateLimit;

/**
 * A rate limit: {@code none}, or an amount for each second such as {@code 20}, or that and how much at once such as
 * {@code 20:100}.
 *
 * @param amount what both amounts may be
 * @param example both
 */
record RateKind(Kind<Integer> amount, String example) implements Kind<RateLimit> {

    private static final String NONE = "none";

    @Override
    public RateLimit read(Node node) {
        String text = Kinds.text(node, this);
        if (text.equals(NONE)) {
            return RateLimit.NONE;
        }
        int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? RateLimit.of(amount(node, text))
                    : RateLimit.of(amount(node, text.substring(0, colon)), amount(node, text.substring(colon + 1)));
        } catch (Unfit e) {
            throw Unfit.value(node, allowed());
        }
    }

    private int amount(Node node, String text) {
        return amount.read(new Node.Text(node.place(), text));
    }

    @Override
    public String show(RateLimit value) {
        if (value.isNone()) {
            return NONE;
        }
        String rate = amount.show(value.perSecond());
        return value.burst() == value.perSecond() ? rate : rate + ":" + amount.show(value.burst());
    }

    @Override
    public String label() {
        return amount.label() + "[:" + amount.label() + "]";
    }

    @Override
    public String allowed() {
        return "none, " + amount.allowed() + ", or two of them such as " + example;
    }
}
