/**
 * Keeps state, decisions, outcomes and events in a relational database. The only package that knows SQL.
 */
@NullMarked
package io.flinkyarn.autoscaler.jdbc;

import org.jspecify.annotations.NullMarked;
