/** The HTTP server of the daemon: the JSON API, the files of the dashboard, and whether the daemon is well. */
@NullMarked
package io.flinkyarn.autoscaler.web;

import org.jspecify.annotations.NullMarked;
