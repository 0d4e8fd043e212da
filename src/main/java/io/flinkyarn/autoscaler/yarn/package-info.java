/**
 * Finds Flink applications through a YARN ResourceManager. The only package that knows Hadoop.
 *
 * <p>Exports {@link io.flinkyarn.autoscaler.yarn.YarnJobListFetcher}, with the settings it is opened with. Behind it stand the
 * session with the ResourceManager ({@code YarnSession}), as somebody ({@code Identity}) who is also let through its web pages ({@code Spnego}); the
 * choice of the addresses where an application answers ({@code Addresses}); and the survey that asks each application for its jobs ({@code JobSurvey}).
 */
@NullMarked
package io.flinkyarn.autoscaler.yarn;

import org.jspecify.annotations.NullMarked;
