/**
 * Looks at bots and at what was chosen for their bus before anything is deployed: {@link dev.weir.infra.lint.Lint#check}. Pure, and without
 * types of the CDK, so that it runs anywhere.
 */
@NullMarked
package dev.weir.infra.lint;

import org.jspecify.annotations.NullMarked;
