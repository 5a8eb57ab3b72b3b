package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import java.util.Arrays;

/// What this API says about itself: its description in OpenAPI 3.1, and what each kind of problem means.
final class DocumentRoutes {
    private final StaticFile description = StaticFile.of(OpenApi.document(), "application/json");

    void openApi(Context ctx) {
        description.serve(ctx);
    }

    /// Where the `type` of a problem document leads.
    void problem(Context ctx) {
        String slug = ctx.pathParam("slug");
        ProblemType type = Arrays.stream(ProblemType.values())
                .filter(candidate -> candidate.slug().equals(slug))
                .findAny()
                .orElseThrow(() -> Refusal.of(ProblemType.NOT_FOUND, "there is no kind of problem '" + slug + "'")
                        .refused());
        ctx.contentType("text/plain;charset=utf-8")
                .result(type.title() + " (HTTP " + type.status() + ")\n\n" + type.advice() + "\n");
    }
}
