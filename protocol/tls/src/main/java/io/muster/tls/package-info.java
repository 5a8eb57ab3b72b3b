/// The certificates of a cluster.
///
/// ```
///   muster init ──▶ CertificateAuthority ──▶ CertificateFolder: ca.pem ca.key node-1.pem node-1.key …
///                                                    │ read again when a file changes
///   node port, API, clients ◀── CertificateSource ◀──┘
///                                    │ PeerTrust says in a sentence why a certificate is not accepted
/// ```
///
/// Making certificates is BouncyCastle's part, everything else the JDK's.
@NullMarked
package io.muster.tls;

import org.jspecify.annotations.NullMarked;
