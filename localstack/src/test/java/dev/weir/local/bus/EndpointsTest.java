package dev.weir.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final Optional<URI> ONE = Optional.of(URI.create("http://127.0.0.1:1"));
    private static final Optional<URI> TWO = Optional.of(URI.create("https://example.test:2/x"));

    @Test
    void aUrlAloneIsForAllServices() {
        assertThat(Endpoints.parse(List.of("http://127.0.0.1:1"))).isEqualTo(new Endpoints(ONE, ONE, ONE));
    }

    @Test
    void eachServiceCanHaveItsOwn() {
        assertThat(Endpoints.parse(List.of("kinesis=http://127.0.0.1:1", "dynamodb=https://example.test:2/x")))
                .isEqualTo(new Endpoints(ONE, TWO, Optional.empty()));
        assertThat(Endpoints.parse(List.of("http://127.0.0.1:1", "s3=https://example.test:2/x")))
                .isEqualTo(new Endpoints(ONE, ONE, TWO));
    }

    @Test
    void awsIsMeantOnlyWhenItIsSaid() {
        assertThat(Endpoints.parse(List.of("aws")))
                .isEqualTo(new Endpoints(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(Endpoints.parse(List.of("kinesis=http://127.0.0.1:1", "aws")))
                .isEqualTo(new Endpoints(ONE, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> Endpoints.parse(List.of("dynamodb=http://127.0.0.1:1")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("missing=kinesis");
    }
}
