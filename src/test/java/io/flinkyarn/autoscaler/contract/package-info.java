/**
 * One contract per port, as an interface of tests that every implementation runs; and the values that the contracts are tried with.
 */
@NullMarked
package io.flinkyarn.autoscaler.contract;

import org.jspecify.annotations.NullMarked;
