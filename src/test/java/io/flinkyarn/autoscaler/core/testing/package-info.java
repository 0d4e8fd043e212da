/**
 * What the tests of the core are given: policies in the words of a user, small job graphs, and a job whose load is known.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.testing;

import org.jspecify.annotations.NullMarked;
