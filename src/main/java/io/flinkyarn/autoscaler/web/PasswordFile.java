package io.flinkyarn.autoscaler.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * Names and the hashes of their passwords, a line each: {@code ann:$6$…}, as {@code openssl passwd -6} prints the hash (crypt(3), SHA-512 or SHA-256). Any thread may ask.
 */
public final class PasswordFile {

    private static final Pattern HASH = Pattern.compile("\\$[56]\\$(rounds=\\d+\\$)?[^$]{1,16}\\$[./0-9A-Za-z]{43,86}");

    /** Of nobody's password: a name that is not there takes as long as a wrong password. */
    private static final String NOBODY = Sha2Crypt.sha512Crypt(new byte[] {0}, "$6$nobodynobodynobo");

    private final Map<String, String> hashes;

    private PasswordFile(Map<String, String> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    /**
     * Reads them. Empty lines, and those that begin with #, are left out.
     *
     * @throws IllegalArgumentException with the number of the line that is wrong; without what it holds
     */
    public static PasswordFile of(List<String> lines) {
        Map<String, String> hashes = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !HASH.matcher(line.substring(colon + 1)).matches()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": expected name:hash with a hash that 'openssl passwd -6' prints");
            }
            if (hashes.put(line.substring(0, colon), line.substring(colon + 1)) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": the name stands in an earlier line, too");
            }
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("there is no line name:hash in it");
        }
        return new PasswordFile(hashes);
    }

    /** Takes some milliseconds of CPU. */
    boolean isRight(String name, byte[] password) {
        String hash = hashes.getOrDefault(name, NOBODY);
        byte[] key = password.clone(); // it is cleared below
        String computed = hash.startsWith("$5$") ? Sha2Crypt.sha256Crypt(key, hash) : Sha2Crypt.sha512Crypt(key, hash);
        return MessageDigest.isEqual(
                        hash.getBytes(StandardCharsets.US_ASCII), computed.getBytes(StandardCharsets.US_ASCII))
                && hashes.containsKey(name);
    }
}
