//! Bodies become fingerprints, and a fingerprint beside its neighbours gets a judgement; pure.
