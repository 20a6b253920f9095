use std::sync::atomic::AtomicUsize;

use source::Look;

use super::*;

/// A store in memory that counts, fails and hangs as it is told to.
#[derive(Debug, Default)]
struct Scripted {
    entries: Mutex<HashMap<String, Vec<u8>>>,
    calls: AtomicUsize,
    fault: Mutex<Option<VaultFault>>,
    limit: Option<usize>,
    hangs: AtomicBool,
}

impl Scripted {
    fn call(&self) -> Result<(), VaultFault> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        while self.hangs.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
        match &*self.fault.lock().unwrap() {
            Some(fault) => Err(fault.clone()),
            None => Ok(()),
        }
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn fail(&self, fault: Option<VaultFault>) {
        *self.fault.lock().unwrap() = fault;
    }
}

impl Vault for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn limit(&self) -> Option<usize> {
        self.limit
    }

    fn is_there(&self) -> bool {
        self.call() != Err(VaultFault::NoStore)
    }

    fn set(&self, key: &str, value: &[u8]) -> Result<(), VaultFault> {
        self.call()?;
        self.entries.lock().unwrap().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, VaultFault> {
        self.call()?;
        Ok(self.entries.lock().unwrap().get(key).cloned())
    }

    fn delete(&self, key: &str) -> Result<(), VaultFault> {
        self.call()?;
        self.entries.lock().unwrap().remove(key);
        Ok(())
    }
}

struct Bench {
    folder: tempfile::TempDir,
    vault: Arc<Scripted>,
}

impl Bench {
    fn new(vault: Scripted) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), vault: Arc::new(vault) }
    }

    /// As a program that was just started.
    fn keychain(&self) -> Keychain {
        let vault = Arc::clone(&self.vault) as Arc<dyn Vault>;
        Keychain::with(vault, Some(self.folder.path()), Duration::from_millis(200))
    }
}

fn key(text: &str) -> OwnKey {
    OwnKey::parse(text).unwrap()
}

fn alice() -> Credential {
    Credential::Basic { username: "alice".to_owned(), password: Secret::new("wonder\"land") }
}

async fn find(keychain: &Keychain, registry: &str, repository: &str) -> Found {
    keychain.find(&Whose::of(registry, repository)).await.unwrap()
}

fn fault(looks: &[Look]) -> LookFault {
    match looks {
        [Look { outcome: LookOutcome::Failed { fault, .. }, .. }] => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_kept_is_found_by_the_next_program_and_deleted() {
    let bench = Bench::new(Scripted::default());
    let token = Credential::IdentityToken(Secret::new("refresh"));
    bench.keychain().keep(&key("r.example"), &alice()).await.unwrap();
    bench.keychain().keep(&key("r.example/team"), &token).await.unwrap();

    let keychain = bench.keychain();
    let found = find(&keychain, "r.example", "app").await;
    assert_eq!(found.credential, alice());
    let store = "scripted".to_owned();
    assert_eq!(found.origin, CredentialOrigin::Keychain { store, key: "r.example".to_owned() });
    let team = find(&keychain, "r.example", "team/app").await;
    assert_eq!(team.credential, token);
    let except = [team.origin];
    let next = keychain.find(&Whose { registry: "r.example", repository: "team/app", except: &except }).await.unwrap();
    assert_eq!(next.credential, alice());

    let listed = [(key("r.example"), Some("alice".to_owned())), (key("r.example/team"), None)];
    assert_eq!(keychain.accounts(), listed);
    let list = std::fs::read_to_string(bench.folder.path().join("accounts.json")).unwrap();
    assert!(!list.contains("wonder") && !list.contains("refresh"), "{list}");

    assert_eq!(keychain.forget(&key("r.example")).await, Ok(true));
    assert_eq!(keychain.forget(&key("r.example")).await, Ok(false));
    assert_eq!(find(&bench.keychain(), "r.example", "app").await.credential, Credential::Anonymous);
    assert_eq!(bench.vault.entries.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn the_store_is_asked_for_nothing_that_it_does_not_have() {
    let bench = Bench::new(Scripted::default());
    let keychain = bench.keychain();
    let found = find(&keychain, "r.example", "app").await;
    assert_eq!(found.looks, [Look { place: keychain.place(), outcome: LookOutcome::Nothing }]);
    assert!(keychain.accounts().is_empty());
    assert_eq!(keychain.forget(&key("r.example")).await, Ok(false));
    assert_eq!(bench.vault.calls(), 0);

    keychain.keep(&key("r.example"), &alice()).await.unwrap();
    let keychain = bench.keychain();
    let before = bench.vault.calls();
    for _ in 0..40 {
        assert_eq!(find(&keychain, "r.example", "app").await.credential, alice());
        find(&keychain, "other.example", "app").await;
    }
    assert_eq!(bench.vault.calls(), before + 1);
}

#[tokio::test]
async fn a_change_by_another_program_is_seen() {
    let bench = Bench::new(Scripted::default());
    let (window, terminal) = (bench.keychain(), bench.keychain());
    window.keep(&key("r.example"), &alice()).await.unwrap();
    let bob = Credential::Basic { username: "bob".to_owned(), password: Secret::new("b") };
    terminal.keep(&key("r.example"), &bob).await.unwrap();
    assert_eq!(find(&window, "r.example", "app").await.credential, bob);
    terminal.forget(&key("r.example")).await.unwrap();
    assert_eq!(find(&window, "r.example", "app").await.credential, Credential::Anonymous);
}

#[tokio::test]
async fn what_cannot_be_kept_says_why() {
    let long = Credential::IdentityToken(Secret::new("x".repeat(2560)));
    let bench = Bench::new(Scripted { limit: Some(2560), ..Scripted::default() });
    assert_eq!(bench.keychain().keep(&key("r.example"), &long).await, Err(Unkept::TooLong));
    assert_eq!(bench.vault.calls(), 0);
    for (fault, expected) in [
        (VaultFault::NoStore, Unkept::NoStore),
        (VaultFault::Locked, Unkept::Locked),
        (VaultFault::Failed("broken".to_owned()), Unkept::Failed("broken".to_owned())),
    ] {
        bench.vault.fail(Some(fault));
        assert_eq!(bench.keychain().keep(&key("r.example"), &alice()).await, Err(expected));
        assert!(bench.keychain().accounts().is_empty());
    }
    bench.vault.fail(Some(VaultFault::NoStore));
    assert_eq!(bench.keychain().fault().await, Some(LookFault::NoStore));
    bench.vault.fail(None);
    assert_eq!(bench.keychain().fault().await, None);

    // Without a list it would never be found again: nothing stays in the store.
    let nowhere = Keychain::with(Arc::clone(&bench.vault) as Arc<dyn Vault>, None, PATIENCE);
    assert!(matches!(nowhere.keep(&key("r.example"), &alice()).await, Err(Unkept::Failed(_))));
    assert!(bench.vault.entries.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_store_that_fails_is_a_look_and_rests_for_a_while() {
    let bench = Bench::new(Scripted::default());
    bench.keychain().keep(&key("r.example"), &alice()).await.unwrap();
    let keychain = bench.keychain();
    bench.vault.fail(Some(VaultFault::Failed("no\u{1b} luck".to_owned())));
    let found = find(&keychain, "r.example", "app").await;
    assert_eq!(found.credential, Credential::Anonymous);
    let LookOutcome::Failed { fault: LookFault::StoreFailed, said, .. } = &found.looks[0].outcome else { panic!() };
    assert_eq!(said.as_deref(), Some("no␛ luck"));
    let calls = bench.vault.calls();
    assert_eq!(fault(&find(&keychain, "r.example", "app").await.looks), LookFault::StoreFailed);
    assert_eq!(bench.vault.calls(), calls);
    bench.vault.fail(None);
    keychain.retry();
    assert_eq!(find(&keychain, "r.example", "app").await.credential, alice());
    // What another program wrote under the same name is none of Kaibo's.
    bench.vault.entries.lock().unwrap().insert("r.example".to_owned(), b"plain".to_vec());
    assert_eq!(fault(&find(&bench.keychain(), "r.example", "app").await.looks), LookFault::StoreFailed);
    bench.vault.entries.lock().unwrap().clear();
    assert_eq!(find(&bench.keychain(), "r.example", "app").await.looks[0].outcome, LookOutcome::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_waits_for_the_reader_holds_nobody_up() {
    let bench = Bench::new(Scripted::default());
    bench.keychain().keep(&key("r.example"), &alice()).await.unwrap();
    let keychain = bench.keychain();
    bench.vault.hangs.store(true, Ordering::SeqCst);
    let before = bench.vault.calls();
    assert_eq!(fault(&find(&keychain, "r.example", "app").await.looks), LookFault::StoreLocked);
    // The dialog is still open: no second one beside it.
    keychain.retry();
    let began = Instant::now();
    assert_eq!(fault(&find(&keychain, "r.example", "app").await.looks), LookFault::StoreLocked);
    assert!(began.elapsed() < Duration::from_millis(150), "{:?}", began.elapsed());
    assert_eq!(keychain.forget(&key("r.example")).await, Err(Unkept::Locked));
    assert_eq!(bench.vault.calls(), before + 1);
    bench.vault.hangs.store(false, Ordering::SeqCst);
    while keychain.0.waiting.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    keychain.retry();
    assert_eq!(find(&keychain, "r.example", "app").await.credential, alice());
}
