package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.raft.FoundingStatus;
import java.util.ArrayList;
import java.util.List;

/// All that a node says of itself when a connection opens.
///
/// Sent as: [Hello] · [FoundingStatus] · number of runs · each run. What stands behind is skipped.
///
/// @param hello its name and where it listens
/// @param foundingStatus who it is, and how far it has come
/// @param runs what was drawn in its last incarnations, oldest first, this one's last; empty before it has a log
record Introduction(Hello hello, FoundingStatus foundingStatus, List<Long> runs) {
    Introduction {
        runs = List.copyOf(runs);
    }

    Bytes encode() {
        var writer = new BinaryWriter();
        hello.write(writer);
        foundingStatus.write(writer);
        writer.varint(runs.size());
        runs.forEach(writer::i64);
        return Bytes.wrap(writer.toBytes());
    }

    static Introduction decode(Bytes content) {
        var reader = BinaryReader.over(content.array());
        Hello hello = Hello.read(reader);
        FoundingStatus foundingStatus = FoundingStatus.read(reader);
        int count = reader.count(Incarnation.REMEMBERED);
        var runs = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            runs.add(reader.i64());
        }
        return new Introduction(hello, foundingStatus, runs);
    }
}
