/** S3 on one machine: s3proxy in this JVM. */
@NullMarked
package dev.weir.local.s3;

import org.jspecify.annotations.NullMarked;
