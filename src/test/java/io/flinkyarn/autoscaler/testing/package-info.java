/**
 * Stand-ins for what the product talks to, written by hand; shared by the tests of all rooms.
 */
@NullMarked
package io.flinkyarn.autoscaler.testing;

import org.jspecify.annotations.NullMarked;
