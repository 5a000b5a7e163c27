/** DynamoDB on this machine: AWS's DynamoDB Local, fetched by the build and run as a process of its own. */
@NullMarked
package dev.weir.local.dynamodb;

import org.jspecify.annotations.NullMarked;
