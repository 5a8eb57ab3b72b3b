package io.muster.reports;

import io.muster.advisories.Finding;

/// One weakness of one package in one input.
public record Hit(Sighting sighting, Finding finding) {}
