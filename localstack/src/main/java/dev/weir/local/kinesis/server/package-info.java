/** The HTTP face of the local Kinesis: the AWS JSON 1.1 and CBOR protocols over {@link dev.weir.local.kinesis.KinesisModel}. */
@NullMarked
package dev.weir.local.kinesis.server;

import org.jspecify.annotations.NullMarked;
