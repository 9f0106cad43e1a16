package dev.confab.netty;

/** Whether bytes are UTF-8, with neither overlong forms nor surrogates. */
final class Utf8 {

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int length = length(lead);
            if (length == 0 || i + length > bytes.length || !isSequence(bytes, i, length)) {
                return false;
            }
            i += length;
        }
        return true;
    }

    private static int length(int lead) {
        if ((lead & 0xE0) == 0xC0) {
            return 2;
        }
        if ((lead & 0xF0) == 0xE0) {
            return 3;
        }
        return (lead & 0xF8) == 0xF0 ? 4 : 0;
    }

    private static boolean isSequence(byte[] bytes, int from, int length) {
        int point = bytes[from] & (0xFF >> (length + 1));
        for (int i = from + 1; i < from + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
            point = (point << 6) | (bytes[i] & 0x3F);
        }
        return switch (length) {
            case 2 -> point >= 0x80;
            case 3 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
            default -> point >= 0x10000 && point <= 0x10FFFF;
        };
    }
}
