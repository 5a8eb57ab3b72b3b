package io.muster.audits;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;

/// Calls a running audit off: what it has concluded stays, and its jobs that nobody else waits for are cancelled.
///
/// @param audit which
public record CancelAudit(AuditId audit) implements AuditCommand {
    private static final int VERSION = 1;

    /// The stored form, version 1.
    @Override
    public Bytes encode() {
        return Bytes.wrap(new BinaryWriter().u8(VERSION).varint(audit.index()).toBytes());
    }

    @Override
    public String summary() {
        return audit.toString();
    }

    static CancelAudit read(BinaryReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("audit command version " + version + " is not known here");
        }
        return new CancelAudit(new AuditId(reader.varint()));
    }
}
