/**
 * A week of two small clusters on virtual time, driven through the real loop into a real database: what analysts ask about it, and what they
 * should be told. Read {@code Plan} for what happens, {@code …QuestionsTest} for the questions.
 */
@NullMarked
package io.flinkyarn.autoscaler.week;

import org.jspecify.annotations.NullMarked;
