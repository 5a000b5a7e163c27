package dev.weir.local.cost;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Asks the server with each request what it bills for it, and sums that up. Transactions are reckoned here, from the requests on the wire: of
 * several items in one table DynamoDB Local tells only what one of them costs. Thread-safe.
 */
final class BilledUnits implements ExecutionInterceptor {
    private static final int KILOBYTE = 1_024;

    private double commits;
    private double rows;
    private double deletes;
    private double reads;

    /** Units so far, as the server says. */
    record Units(double commits, double rows, double deletes, double reads) {
        Units since(Units before) {
            return new Units(
                    commits - before.commits, rows - before.rows, deletes - before.deletes, reads - before.reads);
        }

        double writes() {
            return commits + rows + deletes;
        }
    }

    synchronized Units units() {
        return new Units(commits, rows, deletes, reads);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case BatchWriteItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case GetItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case BatchGetItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            default -> context.request();
        };
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        SdkResponse response = context.response();
        switch (response) {
            case TransactWriteItemsResponse _ -> commits += units((TransactWriteItemsRequest) context.request());
            case BatchWriteItemResponse r -> deletes += sum(r.consumedCapacity());
            case PutItemResponse r -> rows += sum(List.of(r.consumedCapacity()));
            case UpdateItemResponse r -> rows += sum(List.of(r.consumedCapacity()));
            case GetItemResponse r -> reads += sum(List.of(r.consumedCapacity()));
            case BatchGetItemResponse r -> reads += sum(r.consumedCapacity());
            case QueryResponse r -> reads += sum(List.of(r.consumedCapacity()));
            default -> {} // of tables, not of items
        }
    }

    /** Whole kilobytes of each item, twice. What is updated here are heads, which are smaller than one. */
    private static double units(TransactWriteItemsRequest request) {
        return 2.0
                * request.transactItems().stream()
                        .mapToLong(write ->
                                write.put() == null ? 1 : (size(write.put().item()) + KILOBYTE - 1) / KILOBYTE)
                        .sum();
    }

    /** As DynamoDB documents it: names and texts in UTF-8, a number a byte for two digits and one more, a map three and one for each entry. */
    private static long size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + size(entry.getValue()))
                .sum();
    }

    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().getBytes(StandardCharsets.UTF_8).length;
            case N -> (value.n().length() + 1) / 2 + 1;
            case B -> value.b().asByteArrayUnsafe().length;
            case M -> 3 + value.m().size() + size(value.m());
            case L -> 3 + value.l().stream().mapToLong(each -> 1 + size(each)).sum();
            case SS, NS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
        };
    }

    private static double sum(List<ConsumedCapacity> billed) {
        return billed.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
    }
}
