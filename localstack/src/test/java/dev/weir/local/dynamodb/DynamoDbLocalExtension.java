package dev.weir.local.dynamodb;

import dev.weir.aws.Clients;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Gives tests one DynamoDB Local, in memory, for the whole run: as {@link DynamoDbLocal}, or as a client of it. It is started when the
 * first test asks and closed after the last. Tests share it, so they use tables or keys of their own.
 */
public final class DynamoDbLocalExtension implements ParameterResolver {

    private static final Namespace SHARED = Namespace.create(DynamoDbLocalExtension.class);

    private record Server(DynamoDbLocal local, DynamoDbClient client) implements AutoCloseable {
        static Server start() {
            DynamoDbLocal local =
                    DynamoDbLocal.inMemory(DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, "")));
            return new Server(local, new Clients("us-east-1", local.endpoint(), Map.of()).dynamoDb());
        }

        @Override
        public void close() {
            client.close();
            local.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DynamoDbLocal.class || type == DynamoDbClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server = context.getRoot()
                .getStore(SHARED)
                .getOrComputeIfAbsent(Server.class, _ -> Server.start(), Server.class);
        return parameter.getParameter().getType() == DynamoDbLocal.class ? server.local() : server.client();
    }
}
