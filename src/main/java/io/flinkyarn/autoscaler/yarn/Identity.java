package io.flinkyarn.autoscaler.yarn;

import java.security.PrivilegedExceptionAction;

/**
 * As whom a cluster is asked. Every thread that asks does so within {@link #act}: an identity does not pass from a thread to those that it starts.
 * Any thread may call it.
 */
interface Identity {

    /**
     * Does it as this identity, logging in or in again where that is due.
     *
     * @throws Exception what the action throws, perhaps wrapped; or why there is no login
     */
    <T> T act(PrivilegedExceptionAction<T> action) throws Exception;
}
