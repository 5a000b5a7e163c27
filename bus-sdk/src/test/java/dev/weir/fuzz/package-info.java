/** Fuzzing: targets are methods of the tests, run over seeds and mutations by every build and by Jazzer's engine in the profile fuzz. */
@NullMarked
package dev.weir.fuzz;

import org.jspecify.annotations.NullMarked;
