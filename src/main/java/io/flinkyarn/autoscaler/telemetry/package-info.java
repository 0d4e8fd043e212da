/**
 * What the daemon tells of itself and its jobs to those who watch it by machines: the catalogue of metrics, their Prometheus form, and a few
 * figures by JMX. Read {@link io.flinkyarn.autoscaler.telemetry.Telemetry} first. Jobs and clusters are read off the board when somebody scrapes;
 * only what passes and is gone, such as a decision or the time of a write, is counted when it happens.
 */
@NullMarked
package io.flinkyarn.autoscaler.telemetry;

import org.jspecify.annotations.NullMarked;
