/**
 * The catalogue of options, where their values come from, and what is wrong with them.
 */
@NullMarked
package io.flinkyarn.autoscaler.config;

import org.jspecify.annotations.NullMarked;
