package io.flinkyarn.autoscaler.core.resources;

/**
 * Memory and virtual cores, as YARN counts them.
 *
 * @param memoryMb MiB; below 0 where more is used than there should be
 * @param vcores likewise
 */
public record Amount(long memoryMb, long vcores) {

    public static final Amount NOTHING = new Amount(0, 0);

    public Amount plus(Amount other) {
        return new Amount(memoryMb + other.memoryMb, vcores + other.vcores);
    }

    public Amount minus(Amount other) {
        return new Amount(memoryMb - other.memoryMb, vcores - other.vcores);
    }

    public Amount times(long n) {
        return new Amount(memoryMb * n, vcores * n);
    }

    /** How often a container fits into it. */
    public int holds(Amount container) {
        return (int) Math.max(0, Math.min(quotient(memoryMb, container.memoryMb), quotient(vcores, container.vcores)));
    }

    /** What costs nothing fits as often as one likes. */
    private static long quotient(long whole, long part) {
        return part <= 0 ? Integer.MAX_VALUE : Math.min(Integer.MAX_VALUE, Math.floorDiv(whole, part));
    }

    /** For people. */
    @Override
    public String toString() {
        return memoryMb + " MiB and " + vcores + " vcores";
    }
}
