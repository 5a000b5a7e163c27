package dev.weir.local.cli;

import dev.weir.local.template.MappingResource;
import dev.weir.local.template.MappingResource.Source;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** What an emulator has made of a template, as its own APIs tell it. */
record MadeResources(LambdaClient lambda, CloudFormationClient stacks, DynamoDbClient dynamoDb, KinesisClient kinesis)
        implements AutoCloseable {

    /**
     * An event source mapping.
     *
     * @param source stream or table
     * @param function with its alias
     */
    record Mapping(String source, String function, int batch) {

        static Mapping of(MappingResource mapping) {
            String source =
                    switch (mapping.source()) {
                        case Source.Stream(String name) -> "stream/" + name;
                        case Source.Changes(String table) -> "table/" + table;
                    };
            String alias = mapping.function().alias().map(name -> ":" + name).orElse("");
            return new Mapping(
                    source,
                    mapping.function().name() + alias,
                    mapping.batching().size());
        }

        private static Mapping of(EventSourceMappingConfiguration mapping) {
            String source = mapping.eventSourceArn().replaceFirst("^.*:(stream|table)/([^/]+).*$", "$1/$2");
            String function = mapping.functionArn().replaceFirst("^.*:function:", "");
            return new Mapping(source, function, mapping.batchSize());
        }
    }

    static MadeResources at(URI endpoint) {
        return new MadeResources(
                at(endpoint, LambdaClient.builder()),
                at(endpoint, CloudFormationClient.builder()),
                at(endpoint, DynamoDbClient.builder()),
                at(endpoint, KinesisClient.builder()));
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C at(URI endpoint, B builder) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(
                CdkLocal.CREDENTIALS.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                CdkLocal.CREDENTIALS.getOrDefault("AWS_SECRET_ACCESS_KEY", ""));
        return builder.endpointOverride(endpoint)
                .region(Region.of(CdkLocal.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    List<String> functions() {
        return lambda.listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .toList();
    }

    List<Mapping> mappings() {
        return lambda.listEventSourceMappingsPaginator().eventSourceMappings().stream()
                .map(Mapping::of)
                .toList();
    }

    List<String> tables() {
        return dynamoDb.listTablesPaginator().tableNames().stream().toList();
    }

    List<String> streams() {
        return kinesis.listStreamsPaginator().streamNames().stream().toList();
    }

    /** What the guide does before a stack that keeps its data is deleted. */
    void allowDeletion(String stack) {
        stacks.updateTerminationProtection(change -> change.stackName(stack).enableTerminationProtection(false));
    }

    @Override
    public void close() {
        lambda.close();
        stacks.close();
        dynamoDb.close();
        kinesis.close();
    }
}
