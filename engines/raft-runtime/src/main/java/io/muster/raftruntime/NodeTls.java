package io.muster.raftruntime;

import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/// How the node port speaks TLS 1.3, both sides showing a certificate in the name of their node. What
/// is shown and trusted may change between two connections. Called on the engine's thread.
///
/// @param dialling an engine for a connection that this node dials: it accepts nothing but a
///     certificate in that name
/// @param answering an engine for a connection that another dialled: it accepts nothing but a
///     certificate in one of these names
/// @param peer in whose name the certificate is that the other side has shown
/// @param sentence why a handshake failed, or a connection after it, for the operator
public record NodeTls(
        Function<String, SSLEngine> dialling,
        Function<Set<String>, SSLEngine> answering,
        Function<SSLSession, String> peer,
        Function<SSLException, String> sentence) {}
