/** Says whether results are right, from what was sent and what is stored; written apart from the code that it audits. */
@NullMarked
package dev.weir.local.audit;

import org.jspecify.annotations.NullMarked;
