/** The ports on AWS SDK for Java 2. Nothing outside this package imports the SDK. */
@NullMarked
package dev.weir.aws;

import org.jspecify.annotations.NullMarked;
