package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.nio.charset.StandardCharsets;

/// One command as it travels through the log: what it is, who asked for it, and its body.
///
/// Stored and sent as: format byte 1 · kind u16 · version u8 · principal · trace · idempotency key
/// · body, each of the last four with its length in front. The frame or row around it carries the
/// checksum.
///
/// @param kind which command this is: the number of a [CommandKind]
/// @param version the shape of the body for that kind, from 1
/// @param principal who asked, as the access ledger names them; `""` for the cluster itself
/// @param trace a W3C `traceparent` value, or `""`
/// @param idempotencyKey makes a repeated command answer as the first did, or `""`
/// @param body the command itself, opaque here
public record Envelope(int kind, int version, String principal, String trace, String idempotencyKey, Bytes body) {
    /// A body larger than this is refused before it is proposed; a batch of 1,000 payloads of 4 KiB fits.
    public static final int MAX_BODY_BYTES = 4 << 20;

    /// Principal, trace and key are names, not documents.
    public static final int MAX_NAME_BYTES = 256;

    private static final int FORMAT = 1;

    public Envelope {
        if (kind < 0 || kind > 0xFFFF || version < 1 || version > 0xFF) {
            throw new IllegalArgumentException("no envelope can carry kind " + kind + " version " + version);
        }
        checkName("principal", principal);
        checkName("trace", trace);
        checkName("idempotency key", idempotencyKey);
        if (body.size() > MAX_BODY_BYTES) {
            throw new OversizedCommandException(body.size());
        }
    }

    /// The envelope of `command`: the only place where one is put together, so that no body stands
    /// under the number or the version of another. Throws [OversizedCommandException] where the
    /// body is over [#MAX_BODY_BYTES].
    public static Envelope of(LogCommand command, Asker asker) {
        return new Envelope(
                command.kind().number(),
                command.kind().version(),
                asker.principal(),
                asker.trace(),
                asker.idempotencyKey(),
                command.encode());
    }

    /// The stored and sent form.
    public byte[] encode() {
        return new BinaryWriter(body.size() + principal.length() + trace.length() + idempotencyKey.length() + 24)
                .u8(FORMAT)
                .u16(kind)
                .u8(version)
                .text(principal)
                .text(trace)
                .text(idempotencyKey)
                .blob(body)
                .toBytes();
    }

    /// What cannot be read back must not be written: a name that is too long would stop every node
    /// that meets it.
    private static void checkName(String what, String name) {
        boolean cannotBeTooLong = name.length() * 3L <= MAX_NAME_BYTES;
        if (!cannotBeTooLong && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "the " + what + " of a command is over the limit of " + MAX_NAME_BYTES + " bytes: shorten it");
        }
    }

    /// Reads one envelope that fills `reader` to its end.
    public static Envelope decode(BinaryReader reader) {
        int format = reader.u8();
        if (format != FORMAT) {
            throw new MalformedException("envelope format " + format + " is not known here, only " + FORMAT);
        }
        var envelope = new Envelope(
                reader.u16(),
                reader.u8(),
                reader.text(MAX_NAME_BYTES),
                reader.text(MAX_NAME_BYTES),
                reader.text(MAX_NAME_BYTES),
                reader.bytes(MAX_BODY_BYTES));
        reader.end();
        return envelope;
    }
}
