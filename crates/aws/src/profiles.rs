//! The profiles of `~/.aws/config` and `~/.aws/credentials`, read with the SDK's own parser so that
//! they are here what they are to it.

use std::path::PathBuf;

use aws_config::profile::{Profile, ProfileSet};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use crate::profile::{AwsProfile, AwsProfileKind};
use crate::sso_cache::SsoCache;

/// A chain of `source_profile` that is longer is a loop.
const LONGEST_CHAIN: usize = 16;

/// Where a profile signs in (IAM Identity Center).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SsoPlace {
    /// The name of the `[sso-session]`; older profiles have none.
    pub(crate) session: Option<String>,
    /// `https://….awsapps.com/start`.
    pub(crate) start_url: String,
    /// The region of IAM Identity Center, which need not be that of the profile.
    pub(crate) region: String,
    /// `sso_registration_scopes` of the session.
    pub(crate) scopes: Vec<String>,
}

impl SsoPlace {
    /// Under which name the AWS CLI keeps the token.
    pub(crate) fn cache_name(&self) -> &str {
        self.session.as_deref().unwrap_or(&self.start_url)
    }
}

/// Both files, read.
#[derive(Debug)]
pub(crate) struct Profiles(Option<ProfileSet>);

impl Profiles {
    /// Reads them where `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` say, or at home. Files
    /// that are not there are empty; files that cannot be understood hold nothing.
    pub(crate) async fn load(env: &Env) -> Self {
        let files = EnvConfigFiles::default();
        Self(aws_config::profile::load(&Fs::real(), env, &files, None).await.ok())
    }

    /// All of them, `default` first.
    pub(crate) async fn cards(&self, cache: Option<&SsoCache>) -> Vec<AwsProfile> {
        let mut names: Vec<&str> = self.0.iter().flat_map(ProfileSet::profiles).collect();
        names.sort_unstable_by_key(|name| (*name != "default", *name));
        let mut cards = Vec::new();
        for name in names {
            cards.extend(self.card(name, cache).await);
        }
        cards
    }

    /// One of them.
    pub(crate) async fn card(&self, name: &str, cache: Option<&SsoCache>) -> Option<AwsProfile> {
        let profile = self.get(name)?;
        let kind = kind(profile);
        let signed_in_until = match (self.sso(name), cache) {
            (Some(place), Some(cache)) => cache.signed_in_until(place.cache_name()).await,
            _ => None,
        };
        let role_arn = profile.get("role_arn");
        let account = profile.get("sso_account_id").or(profile.get("aws_account_id")).or(role_arn.and_then(account_of));
        Some(AwsProfile {
            name: name.to_owned(),
            kind,
            region: profile.get("region").map(ToOwned::to_owned),
            account_id: account.map(ToOwned::to_owned),
            role: role_arn.or(profile.get("sso_role_name")).map(ToOwned::to_owned),
            signed_in_until,
        })
    }

    /// How a profile gets its credentials.
    pub(crate) fn kind(&self, name: &str) -> Option<AwsProfileKind> {
        self.get(name).map(kind)
    }

    /// Where a profile signs in, or the profile that it takes a role from.
    pub(crate) fn sso(&self, name: &str) -> Option<SsoPlace> {
        let mut profile = self.get(name)?;
        for _ in 0..LONGEST_CHAIN {
            if kind(profile) == AwsProfileKind::Sso {
                return self.place(profile);
            }
            let source = profile.get("source_profile").filter(|source| *source != profile.name())?;
            profile = self.get(source)?;
        }
        None
    }

    fn place(&self, profile: &Profile) -> Option<SsoPlace> {
        let Some(name) = profile.get("sso_session") else {
            return Some(SsoPlace {
                session: None,
                start_url: profile.get("sso_start_url")?.to_owned(),
                region: profile.get("sso_region")?.to_owned(),
                scopes: Vec::new(),
            });
        };
        let session = self.0.as_ref()?.sso_session(name)?;
        // What the AWS CLI asks for where the file does not say.
        let scopes = session.get("sso_registration_scopes").unwrap_or("sso:account:access");
        Some(SsoPlace {
            session: Some(name.to_owned()),
            start_url: session.get("sso_start_url")?.to_owned(),
            region: session.get("sso_region")?.to_owned(),
            scopes: scopes.split(',').map(str::trim).filter(|s| !s.is_empty()).map(ToOwned::to_owned).collect(),
        })
    }

    fn get(&self, name: &str) -> Option<&Profile> {
        self.0.as_ref()?.get_profile(name)
    }
}

/// In the order in which the SDK decides.
fn kind(profile: &Profile) -> AwsProfileKind {
    let has = |key: &str| profile.get(key).is_some();
    if has("web_identity_token_file") {
        AwsProfileKind::WebIdentity
    } else if has("role_arn") {
        AwsProfileKind::AssumeRole
    } else if has("sso_session") || has("sso_start_url") {
        AwsProfileKind::Sso
    } else if has("credential_process") {
        AwsProfileKind::Process
    } else if has("aws_access_key_id") {
        AwsProfileKind::Keys
    } else {
        AwsProfileKind::Other
    }
}

/// `arn:aws:iam::ACCOUNT:role/NAME`.
fn account_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| account.len() == 12)
}

/// The home of this user, as the SDK and the AWS CLI find it.
pub(crate) fn home(env: &Env) -> Option<PathBuf> {
    aws_runtime::fs_util::home_dir(env, aws_runtime::fs_util::Os::real()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "
[default]
region = eu-west-1

[profile keys]
region = us-east-1

[profile role]
role_arn = arn:aws:iam::210987654321:role/Reader
source_profile = keys
region = eu-central-1

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-north-1
sso_registration_scopes = sso:account:access, codewhisperer:completions

[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer

[profile over-dev]
role_arn = arn:aws:iam::210987654321:role/Admin
source_profile = dev

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-west-2
sso_account_id = 123456789012
sso_role_name = Reader

[profile tool]
credential_process = /usr/bin/creds --for me

[profile pod]
role_arn = arn:aws:iam::123456789012:role/Pod
web_identity_token_file = /var/run/token

[profile loop]
role_arn = arn:aws:iam::123456789012:role/A
source_profile = pool

[profile pool]
role_arn = arn:aws:iam::123456789012:role/B
source_profile = loop

[profile broken]
sso_session = nowhere
";
    const KEYS: &str = "
[keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[stored]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
";

    async fn profiles() -> (tempfile::TempDir, Profiles) {
        let folder = tempfile::tempdir().unwrap();
        let (config, keys) = (folder.path().join("config"), folder.path().join("credentials"));
        std::fs::write(&config, CONFIG).unwrap();
        std::fs::write(&keys, KEYS).unwrap();
        let env = Env::from_slice(&[
            ("AWS_CONFIG_FILE", config.to_str().unwrap()),
            ("AWS_SHARED_CREDENTIALS_FILE", keys.to_str().unwrap()),
        ]);
        (folder, Profiles::load(&env).await)
    }

    #[tokio::test]
    async fn every_kind_is_known() {
        let (_folder, profiles) = profiles().await;
        let cards = profiles.cards(None).await;
        let kinds: Vec<_> = cards.iter().map(|card| (card.name.as_str(), card.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("default", AwsProfileKind::Other),
                ("broken", AwsProfileKind::Sso),
                ("dev", AwsProfileKind::Sso),
                ("keys", AwsProfileKind::Keys),
                ("loop", AwsProfileKind::AssumeRole),
                ("old", AwsProfileKind::Sso),
                ("over-dev", AwsProfileKind::AssumeRole),
                ("pod", AwsProfileKind::WebIdentity),
                ("pool", AwsProfileKind::AssumeRole),
                ("role", AwsProfileKind::AssumeRole),
                ("stored", AwsProfileKind::Keys),
                ("tool", AwsProfileKind::Process),
            ]
        );
        let card = |name: &str| cards.iter().find(|card| card.name == name).unwrap();
        assert_eq!(card("default").region.as_deref(), Some("eu-west-1"));
        assert_eq!(card("dev").account_id.as_deref(), Some("123456789012"));
        assert_eq!(card("dev").role.as_deref(), Some("Developer"));
        assert_eq!(card("role").account_id.as_deref(), Some("210987654321"));
        assert_eq!(card("role").role.as_deref(), Some("arn:aws:iam::210987654321:role/Reader"));
        let shown = serde_json::to_string(&cards).unwrap() + &format!("{cards:?}");
        assert!(!shown.contains("AKIA") && !shown.contains("wJalr"), "{shown}");
    }

    #[tokio::test]
    async fn where_a_profile_signs_in() {
        let (_folder, profiles) = profiles().await;
        let corp = SsoPlace {
            session: Some("corp".into()),
            start_url: "https://corp.awsapps.com/start".into(),
            region: "eu-north-1".into(),
            scopes: vec!["sso:account:access".into(), "codewhisperer:completions".into()],
        };
        assert_eq!(profiles.sso("dev"), Some(corp.clone()));
        assert_eq!(profiles.sso("over-dev"), Some(corp), "through the profile that the role is taken from");
        let old = profiles.sso("old").unwrap();
        assert_eq!((old.cache_name(), old.region.as_str()), ("https://old.awsapps.com/start", "us-west-2"));
        for none in ["keys", "role", "loop", "broken", "absent", "default"] {
            assert_eq!(profiles.sso(none), None, "{none}");
        }
    }

    #[tokio::test]
    async fn no_files_are_no_profiles() {
        let env = Env::from_slice(&[("HOME", "/nowhere"), ("USERPROFILE", "/nowhere")]);
        assert!(Profiles::load(&env).await.cards(None).await.is_empty());
    }
}
