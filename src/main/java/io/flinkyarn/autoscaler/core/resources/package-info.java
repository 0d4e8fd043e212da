/**
 * What a plan costs in slots and TaskManagers, held against the quotas of the job, and what memory a TaskManager should have.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.resources;

import org.jspecify.annotations.NullMarked;
