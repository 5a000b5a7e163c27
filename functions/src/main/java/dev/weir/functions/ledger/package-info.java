/** The bank ledger: decides transfers between accounts, exactly once, in order, and never below zero. */
@NullMarked
package dev.weir.functions.ledger;

import org.jspecify.annotations.NullMarked;
