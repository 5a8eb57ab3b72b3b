package io.muster.api;

import io.muster.client.JoinAnswer;
import io.muster.log.MemberAddresses;
import java.util.List;

/// What a node that joins must be told and given, as this node knows it.
public interface Admissions {
    /// The certificates by which this cluster's APIs are trusted, each DER in Base64; none without TLS.
    List<String> authorities();

    /// What a node is told that has been let in.
    JoinAnswer answer();

    /// A certificate in the name `node`, which is reached at `addresses`, for the key in `request`, a PKCS #10 request
    /// as PEM.
    Certificate certify(String node, MemberAddresses addresses, String request);

    /// The answer to a request for a certificate.
    sealed interface Certificate {
        /// It is signed, as PEM.
        record Signed(String pem) implements Certificate {}

        /// This node does not hold the key of the authority; `reason` is a sentence for people.
        record NoAuthority(String reason) implements Certificate {}

        /// The request cannot be signed; `reason` is a sentence for people.
        record Unfit(String reason) implements Certificate {}
    }
}
