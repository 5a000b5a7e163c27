package dev.weir.pipeline;

/** An end of a pipeline: results that go somewhere. A pipeline is made of all its ends; see {@link Pipeline#of}. */
public final class End {
    final Node.End node;

    End(Node.End node) {
        this.node = node;
    }
}
