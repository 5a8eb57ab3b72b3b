package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.wire.Fields;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// All that a machine needs to join a cluster, as one word that is given to its operator: whom to ask, by what they are
/// known, and the secret that lets one node in, once.
///
/// As text: `muster-join_`, the fields below as JSON in Base64 for URLs, `_`, and the first eight hexadecimal digits of
/// the SHA-256 of that, by which a token that was cut or mistyped is told from one that is refused.
///
/// @param version of the fields; 1
/// @param cluster which cluster
/// @param node whom it lets in
/// @param invitation names the invitation
/// @param secret proves it, in 64 hexadecimal digits
/// @param expires until when, by the cluster's clock
/// @param servers where the members' APIs answer
/// @param authorities the certificates by which those are trusted, each DER in Base64; none without TLS
public record JoinToken(
        int version,
        String cluster,
        String node,
        String invitation,
        String secret,
        Instant expires,
        List<String> servers,
        List<String> authorities) {
    private static final int VERSION = 1;
    private static final String BEGIN = "muster-join_";
    private static final int CHECK_DIGITS = 8;

    public JoinToken {
        cluster = Fields.present(cluster, "cluster");
        node = Fields.present(node, "node");
        invitation = Fields.present(invitation, "invitation");
        secret = Fields.present(secret, "secret");
        servers = Fields.copied(servers);
        authorities = Fields.copied(authorities);
    }

    /// A token of this version's shape.
    public static JoinToken of(
            String cluster,
            InvitationDocument invitation,
            String secret,
            List<String> servers,
            List<String> authorities) {
        return new JoinToken(
                VERSION,
                cluster,
                invitation.node(),
                invitation.id(),
                secret,
                invitation.expiresAt(),
                servers,
                authorities);
    }

    /// The text to hand to the operator of the node, once.
    public String reveal() {
        String body = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(this).array());
        return BEGIN + body + "_" + check(body);
    }

    /// Reads a token. The message of what it throws does not repeat the text, which is a secret.
    ///
    /// @throws IllegalArgumentException where it is no token, not whole, or of a later version
    public static JoinToken parse(String text) {
        int end = text.lastIndexOf('_');
        if (!text.startsWith(BEGIN) || end < BEGIN.length()) {
            throw new IllegalArgumentException(
                    "this is no invitation: it begins with " + BEGIN + " and comes from muster member invite");
        }
        String body = text.substring(BEGIN.length(), end);
        if (!text.substring(end + 1).equals(check(body))) {
            throw new IllegalArgumentException("this invitation is not whole: it was cut, or a character was mistyped");
        }
        try {
            var token = Json.read(Bytes.wrap(Base64.getUrlDecoder().decode(body)), JoinToken.class);
            if (token.version() != VERSION) {
                throw new IllegalArgumentException("this invitation is of version " + token.version()
                        + ", and this program reads " + VERSION + ": use the version that the cluster runs");
            }
            return token;
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("this invitation cannot be read: use the version that the cluster runs");
        }
    }

    private static String check(String body) {
        return HexFormat.of().formatHex(Sha256.of(Bytes.utf8(body)).array()).substring(0, CHECK_DIGITS);
    }

    /// Without the secret, so that it cannot slip into a log line.
    @Override
    public String toString() {
        return "JoinToken[" + cluster + ", " + node + ", invitation " + invitation + "]";
    }
}
