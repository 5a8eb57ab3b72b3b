/// Which packages are audited, and what was concluded about them.
///
/// An audit names candidates and the share of them to look at. [io.muster.audits.Sample] chooses that share by a
/// published rule, so that anyone with the log can recompute which packages had to be audited. Each
/// chosen candidate becomes one job in the same apply ([io.muster.audits.AuditedJobs]); when a job ends, its
/// conclusion comes back here.
///
/// ```
///   StartAudit ──▶ running ──(a conclusion for every chosen candidate)──▶ finished
/// ```
///
/// The ledger never learns how a package is audited: a conclusion's result is opaque bytes. It knows no clock, random
/// source or file; chance is the hash of the candidates and of the audit's place in the log.
@NullMarked
package io.muster.audits;

import org.jspecify.annotations.NullMarked;
