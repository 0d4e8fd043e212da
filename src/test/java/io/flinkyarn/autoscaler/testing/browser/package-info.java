/** A real Chromium for tests of the dashboard, driven over its DevTools protocol. Exports {@code Chromium} and {@code Page}. */
@NullMarked
package io.flinkyarn.autoscaler.testing.browser;

import org.jspecify.annotations.NullMarked;
