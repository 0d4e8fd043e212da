package io.flinkyarn.autoscaler.core.event;

/**
 * A number in decimal notation with a fixed number of decimals, halves away from zero: the text of {@code String.format(Locale.ROOT, "%.nf")}
 * for a small part of its cost, which was most of what a step with an event allocated. Made for the texts of decisions.
 */
final class Decimal {

    private Decimal() {}

    /** @param value finite */
    static String of(double value, int decimals) {
        String written = Double.toString(Math.abs(value));
        int e = written.indexOf('E');
        int point = written.indexOf('.');
        int exponent = e < 0 ? 0 : Integer.parseInt(written, e + 1, written.length(), 10);
        String digits = written.substring(0, point) + written.substring(point + 1, e < 0 ? written.length() : e);
        String rounded = rounded(digits, point + exponent + decimals);
        StringBuilder text = new StringBuilder(rounded);
        while (text.length() <= decimals) {
            text.insert(0, '0');
        }
        if (decimals > 0) {
            text.insert(text.length() - decimals, '.');
        }
        return Math.copySign(1, value) < 0 ? text.insert(0, '-').toString() : text.toString();
    }

    /** The first digits as a whole number, rounded by the digit behind them; zeros where there are not as many. */
    private static String rounded(String digits, int keep) {
        if (keep < 0) {
            return "0";
        }
        StringBuilder kept = new StringBuilder("0").append(digits, 0, Math.min(keep, digits.length()));
        while (kept.length() <= keep) {
            kept.append('0');
        }
        if (keep < digits.length() && digits.charAt(keep) >= '5') {
            int last = keep;
            while (kept.charAt(last) == '9') {
                kept.setCharAt(last--, '0');
            }
            kept.setCharAt(last, (char) (kept.charAt(last) + 1));
        }
        int first = 0;
        while (first < kept.length() - 1 && kept.charAt(first) == '0') {
            first++;
        }
        return kept.substring(first);
    }
}
