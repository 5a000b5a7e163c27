package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluator that the tests of policies go by. */
class IamTest {
    private static final String POLICY =
            """
            [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List?ucket"], "Resource": "arn:aws:s3:::b/x/*"},
             {"Effect": "Deny", "Action": "s3:GetObjectAcl", "Resource": "*"},
             {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "t",
              "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["a", "a/*"]}}}]
            """;

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:aws:s3:::b/x/1/2, '', true",
        "S3:getobject, arn:aws:s3:::b/x/1, '', true",
        "s3:GetObject, arn:aws:s3:::b/X/1, '', false",
        "s3:GetObject, arn:aws:s3:::b/x, '', false",
        "s3:ListBucket, arn:aws:s3:::b/x/, '', true",
        "s3:PutObject, arn:aws:s3:::b/x/1, '', false",
        "s3:GetObjectAcl, arn:aws:s3:::b/x/1, '', false",
        "dynamodb:PutItem, t, a, true",
        "dynamodb:PutItem, t, a/lane-1, true",
        "dynamodb:PutItem, t, 'a a/1', true",
        "dynamodb:PutItem, t, 'a b', false",
        "dynamodb:PutItem, t, ab, false",
        "dynamodb:PutItem, t, '', true",
        "dynamodb:PutItem, tt, a, false",
        "dynamodb:GetItem, t, a, false"
    })
    void itSaysWhatIamSays(String action, String resource, String partitions, boolean isAllowed)
            throws JsonProcessingException {
        JsonNode statements = new ObjectMapper().readTree(POLICY);
        Resolver nothing = new Resolver(new ObjectMapper().createObjectNode());
        List<String> keys = partitions.isEmpty() ? List.of() : List.of(partitions.split(" "));
        Map<String, List<String>> context = keys.isEmpty() ? Map.of() : Map.of("dynamodb:LeadingKeys", keys);
        Iam iam = new Iam(List.of(
                Iam.statement(statements.get(0), nothing),
                Iam.statement(statements.get(1), nothing),
                Iam.statement(statements.get(2), nothing)));

        assertThat(iam.allows(new Iam.Request(action, resource, context))).isEqualTo(isAllowed);
    }
}
