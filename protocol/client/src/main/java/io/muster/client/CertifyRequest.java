package io.muster.client;

import io.muster.wire.Fields;

/// Asks for the certificate of a node that joins: `POST /v1/node:certify`.
///
/// @param invitation by which invitation it came
/// @param secret proves it, in 64 hexadecimal digits
/// @param identity which data folder it has begun, in 32 hexadecimal digits
/// @param request what is to be signed, a PKCS #10 request as PEM; its key never leaves the node
public record CertifyRequest(String invitation, String secret, String identity, String request) {
    public CertifyRequest {
        invitation = Fields.present(invitation, "invitation");
        secret = Fields.present(secret, "secret");
        identity = Fields.present(identity, "identity");
        request = Fields.present(request, "request");
    }

    /// Without the secret, so that it cannot slip into a log line.
    @Override
    public String toString() {
        return "CertifyRequest[invitation " + invitation + "]";
    }
}
