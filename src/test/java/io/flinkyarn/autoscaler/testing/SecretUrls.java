package io.flinkyarn.autoscaler.testing;

import java.util.List;

/** Addresses of databases in every form in which the drivers take a password. It ends with r3t; nothing listens there. */
public final class SecretUrls {

    private SecretUrls() {}

    public static List<String> all() {
        return List.of(
                "jdbc:h2:file:/nowhere/db;USER=me;PASSWORD=s3cr3t;IFEXISTS=TRUE",
                "jdbc:h2:tcp://127.0.0.1:1/db;PASSWORD=s3cr3t",
                "jdbc:mysql://127.0.0.1:1/db?user=me&password=s3cr3t&connectTimeout=10",
                "jdbc:mysql://me:s3cr3t@127.0.0.1:1/db",
                "jdbc:mysql://me:s3c@r3t@127.0.0.1:1/db",
                "jdbc:mysql://me:s3c:r3t@127.0.0.1:1/db",
                "jdbc:mysql://me:s3c/r3t@127.0.0.1:1/db",
                "jdbc:mysql://me:s3c?r3t@127.0.0.1:1/db",
                "jdbc:mysql://me:s3cr3t@127.0.0.1:1,you:alsos3cr3t@127.0.0.1:2/db",
                "jdbc:mysql://(host=127.0.0.1,port=1,user=me,password=s3cr3t)/db",
                "jdbc:mysql://address=(host=127.0.0.1)(port=1)(user=me)(password=s3cr3t)/db",
                "jdbc:mysql://127.0.0.1:1/db?password2=s3cr3t&trustCertificateKeyStorePassword=s3cr3t",
                "jdbc:mariadb://127.0.0.1:1/db?user=me&password=s3cr3t&keyStorePassword=s3cr3t",
                "jdbc:mariadb://me:s3cr3t@127.0.0.1:1/db",
                "jdbc:postgresql://127.0.0.1:1/db?user=me&password=s3cr3t&sslpassword=s3cr3t",
                "jdbc:postgresql://me:s3cr3t@127.0.0.1:1/db",
                "jdbc:postgresql://127.0.0.1:1/db?user=me@host&password=s3c@r3t");
    }
}
