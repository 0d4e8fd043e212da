/** Tests of the pages in docs/: that what they link, show and quote is there. */
@NullMarked
package io.flinkyarn.autoscaler.docs;

import org.jspecify.annotations.NullMarked;
