package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.Engine;
import io.muster.log.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a node says of itself when a connection opens; either side sends it.
///
/// Sent as: protocol version u16 · node id · feature level · API address · number of attributes · for each, its name
/// and value. A later protocol version may append fields: what stands behind the known ones is skipped.
///
/// @param protocol the version of the conversation that it speaks; it is sent nothing that came later
/// @param node who it is
/// @param featureLevel the highest feature level it supports
/// @param apiAddress where its HTTP API listens, as `host:port`; `""` if it has none
/// @param attributes what the shell around the engine wants its peers to know, opaque here
public record Hello(
        int protocol, NodeId node, int featureLevel, String apiAddress, SortedMap<String, String> attributes) {
    /// The version of the conversation between nodes that this code speaks: 2 knows the messages of an
    /// install, 3 those by which a leader hands over, 4 those by which a node learns that it was
    /// removed.
    public static final int PROTOCOL = 4;

    /// The oldest that this code understands.
    private static final int OLDEST_PROTOCOL = 1;

    static final int MAX_ATTRIBUTES = Engine.MAX_ATTRIBUTES;

    private static final int MAX_TEXT_BYTES = Engine.MAX_ATTRIBUTE_BYTES;

    public Hello {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    attributes.size() + " attributes of a node are over the limit of " + MAX_ATTRIBUTES);
        }
        requireShort(apiAddress);
        attributes.forEach((name, value) -> {
            requireShort(name);
            requireShort(value);
        });
    }

    /// A hello with attributes in any order.
    public static Hello of(NodeId node, int featureLevel, String apiAddress, Map<String, String> attributes) {
        return new Hello(PROTOCOL, node, featureLevel, apiAddress, new TreeMap<>(attributes));
    }

    /// The same node with other attributes.
    Hello saying(Map<String, String> others) {
        return new Hello(protocol, node, featureLevel, apiAddress, new TreeMap<>(others));
    }

    Bytes encode() {
        var writer = new BinaryWriter();
        write(writer);
        return Bytes.wrap(writer.toBytes());
    }

    void write(BinaryWriter writer) {
        writer.u16(protocol)
                .text(node.value())
                .varint(featureLevel)
                .text(apiAddress)
                .varint(attributes.size());
        attributes.forEach((name, value) -> writer.text(name).text(value));
    }

    static Hello decode(Bytes payload) {
        return read(BinaryReader.over(payload.array()));
    }

    static Hello read(BinaryReader reader) {
        int protocol = reader.u16();
        if (protocol < OLDEST_PROTOCOL) {
            throw new MalformedException("protocol version " + protocol + " is older than any known here");
        }
        NodeId node = nodeId(reader.text(MAX_TEXT_BYTES));
        int featureLevel = reader.count(Integer.MAX_VALUE);
        String apiAddress = reader.text(MAX_TEXT_BYTES);
        int count = reader.count(MAX_ATTRIBUTES);
        var attributes = new TreeMap<String, String>();
        for (int i = 0; i < count; i++) {
            attributes.put(reader.text(MAX_TEXT_BYTES), reader.text(MAX_TEXT_BYTES));
        }
        return new Hello(protocol, node, featureLevel, apiAddress, attributes);
    }

    private static NodeId nodeId(String text) {
        try {
            return new NodeId(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a hello from nobody: " + e.getMessage());
        }
    }

    private static void requireShort(String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "a text of " + size + " bytes is over the limit of " + MAX_TEXT_BYTES + " for a hello");
        }
    }
}
