//! The tokens of IAM Identity Center, in the files of the AWS CLI: whoever signs in with one program
//! is signed in with the other.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// More than the CLI would ever write.
const FILE_LIMIT: u64 = 1 << 20;

/// A file of `~/.aws/sso/cache`. Keys and their order are those of the AWS CLI. No Debug: all but
/// three of these are secrets.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CachedToken {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token: Option<String>,
    /// `2026-11-24T09:03:32Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) registration_expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
}

impl CachedToken {
    /// Until when the sign-in holds without anybody at a browser: the token, or what renews it.
    fn until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let expires = moment(self.expires_at.as_deref().filter(|_| self.access_token.is_some())?)?;
        let renewed = self
            .registration_expires_at
            .as_deref()
            .filter(|_| self.refresh_token.is_some() && self.client_id.is_some() && self.client_secret.is_some())
            .and_then(moment);
        // The registration says how long a renewal may be asked for, not that it will be given: as
        // long as the token itself holds, its own end is what is certain.
        if expires > now { Some(expires) } else { renewed.filter(|until| *until > now) }
    }

    /// The registration of this program, if it holds for a while yet.
    pub(crate) fn registration(&self, now: OffsetDateTime) -> Option<(String, String, String)> {
        let until = self.registration_expires_at.clone()?;
        let holds = moment(&until)? > now + time::Duration::minutes(15);
        holds.then(|| Some((self.client_id.clone()?, self.client_secret.clone()?, until)))?
    }
}

/// The folder of those files.
#[derive(Clone, Debug)]
pub(crate) struct SsoCache {
    folder: PathBuf,
}

impl SsoCache {
    /// The one below a home.
    pub(crate) fn below(home: &Path) -> Self {
        Self { folder: home.join(".aws").join("sso").join("cache") }
    }

    /// The file of a session, or of a start URL where there is no session.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        let hash: String = Sha1::digest(name.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(format!("{hash}.json"))
    }

    /// What the file holds; nothing when there is none, or when it is none of the CLI's.
    pub(crate) async fn read(&self, name: &str) -> Option<CachedToken> {
        let path = self.file(name);
        let read = move || {
            let file = std::fs::File::open(path).ok()?;
            serde_json::from_reader(std::io::Read::take(file, FILE_LIMIT)).ok()
        };
        tokio::task::spawn_blocking(read).await.ok()?
    }

    /// Puts a token in place of the one before, at once and for this user only.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(crate) async fn write(&self, name: &str, token: CachedToken) -> std::io::Result<()> {
        let (folder, path) = (self.folder.clone(), self.file(name));
        let write = move || {
            create_private(&folder)?;
            // Made for this user only (0600), and moved over the old one when it is whole.
            let mut file = tempfile::NamedTempFile::new_in(&folder)?;
            serde_json::to_writer(&mut file, &token)?;
            file.flush()?;
            file.persist(path).map_err(|error| error.error)?;
            Ok(())
        };
        tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other)?
    }

    /// Until when a sign-in holds (RFC 3339); `None` when it does not.
    pub(crate) async fn signed_in_until(&self, name: &str) -> Option<String> {
        self.read(name).await?.until(OffsetDateTime::now_utc()).map(stamp)
    }
}

#[cfg(unix)]
fn create_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// As the CLI writes moments: whole seconds, `Z`.
pub(crate) fn stamp(moment: OffsetDateTime) -> String {
    let whole = moment.replace_nanosecond(0).unwrap_or(moment).to_offset(time::UtcOffset::UTC);
    whole.format(&Rfc3339).unwrap_or_default()
}

/// Reads such a moment. Very old versions of the CLI wrote `UTC` for `Z`.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let text = text.strip_suffix("UTC").map_or_else(|| text.to_owned(), |rest| format!("{rest}Z"));
    OffsetDateTime::parse(&text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(expires_at: &str, registration: Option<&str>) -> CachedToken {
        CachedToken {
            access_token: Some("secret".into()),
            expires_at: Some(expires_at.into()),
            client_id: Some("id".into()),
            client_secret: Some("secret".into()),
            registration_expires_at: registration.map(Into::into),
            refresh_token: registration.map(|_| "secret".into()),
            ..CachedToken::default()
        }
    }

    #[test]
    fn until_when_a_sign_in_holds() {
        let now = moment("2026-11-24T09:00:00Z").unwrap();
        let until = |token: CachedToken| token.until(now).map(stamp);
        assert_eq!(until(token("2026-11-24T10:00:00Z", None)).as_deref(), Some("2026-11-24T10:00:00Z"));
        assert_eq!(until(token("2026-11-24T10:00:00UTC", None)).as_deref(), Some("2026-11-24T10:00:00Z"));
        assert_eq!(until(token("2026-11-24T08:00:00Z", None)), None);
        let renewable = token("2026-11-24T08:00:00Z", Some("2026-12-24T00:00:00Z"));
        assert_eq!(until(renewable).as_deref(), Some("2026-12-24T00:00:00Z"));
        assert_eq!(until(token("2026-11-24T08:00:00Z", Some("2026-11-01T00:00:00Z"))), None);
        assert_eq!(until(token("soon", None)), None);
        let nobody = CachedToken { access_token: None, ..token("2026-11-24T10:00:00Z", None) };
        assert_eq!(until(nobody), None, "a registration alone is no sign-in");
    }

    #[test]
    fn a_registration_is_used_while_it_holds() {
        let now = moment("2026-11-24T09:00:00Z").unwrap();
        let used = |until: &str| token("2026-11-24T08:00:00Z", Some(until)).registration(now).is_some();
        assert!(used("2026-12-24T09:00:00Z"));
        assert!(!used("2026-11-24T09:05:00Z"));
        assert!(!used("2026-11-24T08:00:00Z"));
    }

    #[tokio::test]
    async fn files_are_the_cli_s() {
        let home = tempfile::tempdir().unwrap();
        let cache = SsoCache::below(home.path());
        // `printf %s my-sso | sha1sum`, as the AWS CLI names it.
        let path = home.path().join(".aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json");
        assert_eq!(cache.file("my-sso"), path);
        let mut whole = token("2026-11-24T10:00:00Z", Some("2026-12-24T00:00:00Z"));
        whole.start_url = Some("https://corp.awsapps.com/start".into());
        whole.region = Some("eu-north-1".into());
        cache.write("my-sso", whole).await.unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            r#"{"startUrl":"https://corp.awsapps.com/start","region":"eu-north-1","accessToken":"secret","expiresAt":"2026-11-24T10:00:00Z","clientId":"id","clientSecret":"secret","registrationExpiresAt":"2026-12-24T00:00:00Z","refreshToken":"secret"}"#
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        assert!(cache.read("my-sso").await.is_some());
        assert!(cache.read("another").await.is_none());
        std::fs::write(&path, "no JSON").unwrap();
        assert!(cache.read("my-sso").await.is_none());
    }
}
