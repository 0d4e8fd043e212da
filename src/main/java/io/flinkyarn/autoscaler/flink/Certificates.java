package io.flinkyarn.autoscaler.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a secure connection trusts, and as whom it shows itself: the context made of a cluster's key stores. Read once, at the start. */
public final class Certificates {

    private Certificates() {}

    /**
     * A file of certificates or keys, as {@code keytool} makes them: PKCS12 or JKS.
     *
     * @param password empty where it has none
     */
    public record Store(Path file, Optional<String> password) {

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A store cannot be used. The message is one line for people, without the password. */
    public static final class StoreException extends Exception {

        private static final long serialVersionUID = 1L;

        StoreException(Store store, String why, @Nullable Throwable cause) {
            super("the key store " + store + " is refused: " + why, cause);
        }
    }

    /**
     * @param trusted empty: whom the JVM trusts
     * @param own empty: nobody
     */
    public static SSLContext of(Optional<Store> trusted, Optional<Store> own) throws StoreException {
        TrustManager @Nullable [] trust = trusted.isPresent() ? trust(trusted.get()) : null;
        KeyManager @Nullable [] keys = own.isPresent() ? keys(own.get()) : null;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM knows TLS", e);
        }
    }

    private static TrustManager[] trust(Store store) throws StoreException {
        KeyStore certificates = load(store);
        try {
            if (certificates.size() == 0) {
                throw new StoreException(
                        store, "it shows no certificate; expected at least one, and its password if it has one", null);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(certificates);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw refusal(store, e);
        }
    }

    private static KeyManager[] keys(Store store) throws StoreException {
        KeyStore keys = load(store);
        if (!holdsKey(keys)) {
            throw new StoreException(
                    store,
                    "it holds no key; expected one with its certificate, as 'keytool -genkeypair' makes it",
                    null);
        }
        char[] password = store.password().orElse("").toCharArray();
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw refusal(store, e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static boolean holdsKey(KeyStore keys) {
        try {
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    return true;
                }
            }
            return false;
        } catch (KeyStoreException e) {
            throw new IllegalStateException("it is loaded", e);
        }
    }

    private static KeyStore load(Store store) throws StoreException {
        if (!Files.isReadable(store.file())) {
            throw new StoreException(store, "expected a file that this user may read", null);
        }
        try {
            // Without a password nothing but the certificates of some formats can be read.
            char @Nullable [] password =
                    store.password().map(String::toCharArray).orElse(null);
            return KeyStore.getInstance(store.file().toFile(), password);
        } catch (IOException | GeneralSecurityException e) {
            throw refusal(store, e);
        }
    }

    private static StoreException refusal(Store store, Exception e) {
        return new StoreException(
                store, "expected a PKCS12 or JKS file and its right password (" + e.getMessage() + ")", e);
    }
}
