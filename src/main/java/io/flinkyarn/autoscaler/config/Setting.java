package io.flinkyarn.autoscaler.config;

/**
 * One value as somebody wrote it.
 *
 * @param key as written, which may be an old spelling of an option
 */
public record Setting(String key, String text, Origin origin) {}
