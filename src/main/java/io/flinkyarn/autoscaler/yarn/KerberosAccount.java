package io.flinkyarn.autoscaler.yarn;

import java.nio.file.Path;

/**
 * Who we are to the Kerberos of a cluster. Made from the daemon's options.
 *
 * @param principal {@code _HOST} in it stands for the name of this host
 * @param keytab the file with its keys
 */
public record KerberosAccount(String principal, Path keytab) {}
