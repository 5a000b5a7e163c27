package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One operation of the API: reads a request, writes the fields of the reply. Thread-safe. */
interface Operation {

    /**
     * Answers one request.
     *
     * @param request at the start of the request's object
     * @throws dev.weir.local.kinesis.KinesisException for a refusal; what was written to the reply is dropped
     */
    void answer(JsonParser request, Reply reply) throws IOException;

    /** An operation on a request that was read as a whole: for all whose requests are small. */
    interface OnFields {
        void answer(RequestFields request, Reply reply) throws IOException;

        default Operation reading() {
            return (request, reply) -> answer(RequestFields.read(request, reply.format()), reply);
        }
    }
}
