/// Bytes that outlive the process that wrote them: bounded, versioned binary reading and writing.
///
/// Everything that Muster stores or sends raw goes through [io.muster.encoding.BinaryWriter] and
/// [io.muster.encoding.BinaryReader]. Numbers are big-endian or unsigned LEB128 varints; text is UTF-8 with its
/// length in front; every length read is checked against a bound *before* anything is allocated, so a hostile or
/// torn input costs a [io.muster.encoding.MalformedException], never memory.
///
/// [io.muster.encoding.Nearest] is here because every module may use this one: the word that was meant by a misspelt
/// one.
///
/// This package knows no clock, file or socket.
@NullMarked
package io.muster.encoding;

import org.jspecify.annotations.NullMarked;
