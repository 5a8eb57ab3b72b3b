package io.muster.client;

import io.muster.wire.Fields;
import org.jspecify.annotations.Nullable;

/// Asks for an API key: `POST /v1/keys`.
///
/// @param role `viewer`, `operator`, `worker` or `admin`
/// @param worker the only worker a worker's key may speak for; required for that role, absent for the others
public record KeyRequest(String name, String role, @Nullable String worker) {
    public KeyRequest {
        name = Fields.present(name, "name");
        role = Fields.present(role, "role");
    }
}
