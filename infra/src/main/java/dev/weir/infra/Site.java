package dev.weir.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * What all functions of a bus share.
 *
 * @param code the jar with the bots
 * @param deadLetters takes what an invocation was to do that nobody will do again
 * @param key the account's own key, if data is under one
 */
record Site(BusConfig config, Arns arns, Code code, IQueue deadLetters, Optional<IKey> key) {

    /** What whoever reads or writes data under the account's own key needs, as the services ask for it in his name. */
    Optional<Permission> usesKey() {
        return key.map(own -> Permission.of(
                "Key",
                List.of(
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo"),
                own.getKeyArn()));
    }
}
