package dev.weir.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a fuzz target: a method of a {@link FuzzTests} that takes any bytes, and throws if what must hold for all of them does not.
 *
 * <p>Its seeds are the files of the folder {@code <class>Inputs/<method>} beside the class, in the test resources. What a long run finds is
 * put there, and is a test from then on.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fuzz {}
