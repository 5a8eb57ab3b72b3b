package io.muster.tls;

/// What is wrong with a file of certificates or keys, as a sentence for the operator.
public final class CertificateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CertificateFault(String sentence) {
        super(sentence);
    }
}
