/**
 * Finds Flink applications through a YARN ResourceManager. The only package that knows Hadoop.
 *
 * <p>Exports {@link io.flinkyarn.autoscaler.yarn.YarnJobListFetcher}, with the settings it is opened with. Behind it stand the
 * session with the ResourceManager ({@code YarnSession}), the choice of the address where an application answers ({@code
 * TrackingUrl}), and the survey that asks each application for its jobs ({@code JobSurvey}).
 */
@NullMarked
package io.flinkyarn.autoscaler.yarn;

import org.jspecify.annotations.NullMarked;
