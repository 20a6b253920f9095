use source::{Credential, CredentialOrigin, Found, Look, LookFault, LookOutcome, LookPlace, LookSkip, Whose};

/// A search on its way from place to place: the looks so far, and the account once there is one.
#[derive(Debug)]
pub(crate) struct Search<'w> {
    pub(crate) whose: &'w Whose<'w>,
    looks: Vec<Look>,
    found: Option<(Credential, CredentialOrigin)>,
}

impl<'w> Search<'w> {
    pub(crate) fn new(whose: &'w Whose<'w>) -> Self {
        Self { whose, looks: Vec::new(), found: None }
    }

    /// Whether there is an account already. The place is noted as not looked at then.
    pub(crate) fn is_over(&mut self, place: &LookPlace) -> bool {
        let over = self.found.is_some();
        if over {
            self.skip(place.clone(), LookSkip::FoundBefore);
        }
        over
    }

    pub(crate) fn has_found(&self) -> bool {
        self.found.is_some()
    }

    /// An account at a place: taken, unless the registry turned it down before.
    pub(crate) fn offer(&mut self, place: LookPlace, credential: Credential, origin: CredentialOrigin) {
        let account = credential.account().map(ToOwned::to_owned);
        if self.whose.except.contains(&origin) {
            self.note(place, LookOutcome::TurnedDown { account });
        } else {
            self.note(place, LookOutcome::Found { account });
            self.found = Some((credential, origin));
        }
    }

    pub(crate) fn note(&mut self, place: LookPlace, outcome: LookOutcome) {
        self.looks.push(Look { place, outcome });
    }

    pub(crate) fn skip(&mut self, place: LookPlace, why: LookSkip) {
        self.note(place, LookOutcome::Skipped { why });
    }

    pub(crate) fn fail(&mut self, place: LookPlace, fault: LookFault, said: Option<String>) {
        self.note(place, LookOutcome::Failed { fault, said, searched: Vec::new() });
    }

    pub(crate) fn end(self) -> Found {
        match self.found {
            Some((credential, origin)) => Found { credential, origin, good_for: None, looks: self.looks },
            None => Found::nothing(self.looks),
        }
    }
}

/// `file` as a place.
pub(crate) fn file(path: &std::path::Path) -> LookPlace {
    LookPlace::File { path: path.display().to_string() }
}
