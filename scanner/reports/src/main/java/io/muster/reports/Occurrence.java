package io.muster.reports;

import io.muster.manifests.Component;
import java.util.List;

/// A package at a version where an input names it, and how the project comes to have it.
///
/// @param input the file, as the scan named it
/// @param paths the shortest ways from the project's own wishes to the package, each as labels `name@version`; empty
///     where the format knows no graph
/// @param pathCount how many shortest ways there are, listed or not
/// @param direct the packages the project itself asks for and gets this one through: what has to change
public record Occurrence(
        String input, Component component, List<List<String>> paths, long pathCount, List<String> direct) {

    public Occurrence {
        paths = paths.stream().map(List::copyOf).toList();
        direct = List.copyOf(direct);
    }

    /// `file` or `file:line`, as compilers print it.
    public String place() {
        return component.line() == 0 ? input : input + ":" + component.line();
    }
}
