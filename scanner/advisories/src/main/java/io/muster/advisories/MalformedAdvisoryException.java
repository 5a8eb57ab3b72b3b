package io.muster.advisories;

/// Carries a fault from deep inside a document to [AdvisoryReader], which turns it into an answer.
final class MalformedAdvisoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;

    MalformedAdvisoryException(String place, String reason) {
        super(reason, null, false, false);
        this.place = place;
    }

    String place() {
        return place;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
