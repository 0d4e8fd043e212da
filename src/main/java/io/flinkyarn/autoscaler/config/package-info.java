/**
 * The catalogue of options, where their values come from, and what is wrong with them.
 *
 * <p>For the others: {@link io.flinkyarn.autoscaler.config.ConfigurationReader} reads everything at the start,
 * {@link io.flinkyarn.autoscaler.config.PolicyReader} the options of one job. An option is declared once, in {@code JobOptions} or
 * {@code ProcessOptions}; docs/options.md and conf/autoscaler.yaml are written from there.
 */
@NullMarked
package io.flinkyarn.autoscaler.config;

import org.jspecify.annotations.NullMarked;
