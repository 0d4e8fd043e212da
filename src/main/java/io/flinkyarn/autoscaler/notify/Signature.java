package io.flinkyarn.autoscaler.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The proof that a message comes from somebody who knows the secret of a robot, as DingTalk and Feishu want it. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** Base64 of HMAC-SHA256 over {@code timestamp \n secret}, with the secret as the key. */
    static String ofDingTalk(long timestampMillis, String secret) {
        return base64(secret, timestampMillis + "\n" + secret);
    }

    /** Base64 of HMAC-SHA256 over nothing, with {@code timestamp \n secret} as the key. */
    static String ofFeishu(long timestampSeconds, String secret) {
        return base64(timestampSeconds + "\n" + secret, "");
    }

    private static String base64(String key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }
}
