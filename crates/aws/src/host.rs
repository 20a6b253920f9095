/// A host of AWS ECR, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EcrHost {
    /// A private registry: one of an account in a region.
    Private {
        /// Twelve digits: whose registry it is, not who asks.
        account: String,
        /// `eu-west-1`.
        region: String,
        /// Whether it is one of the FIPS 140 endpoints.
        fips: bool,
        /// Whether it answers over IPv6 too.
        dual_stack: bool,
    },
    /// `public.ecr.aws`.
    Public,
}

/// What a host ends with, for each partition of AWS, and how the regions of that partition begin.
/// A host counts only as a whole: `….amazonaws.com.example.org` is nobody's ECR.
const SUFFIXES: [(&str, Form, &[&str]); 11] = [
    (".amazonaws.com", Form::Classic, &[]),
    (".amazonaws.com.cn", Form::Classic, &["cn-"]),
    (".amazonaws.eu", Form::Classic, &["eusc-"]),
    (".c2s.ic.gov", Form::Classic, &["us-iso-"]),
    (".sc2s.sgov.gov", Form::Classic, &["us-isob-"]),
    (".cloud.adc-e.uk", Form::Classic, &["eu-isoe-"]),
    (".csp.hci.ic.gov", Form::Classic, &["us-isof-"]),
    (".on.aws", Form::DualStack, &[]),
    (".on.amazonwebservices.com.cn", Form::DualStack, &["cn-"]),
    (".on.amazonwebservices.eu", Form::DualStack, &["eusc-"]),
    (".on.aws.ic.gov", Form::DualStack, &["us-iso-"]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `ACCOUNT.dkr.ecr[-fips].REGION…`
    Classic,
    /// `ACCOUNT.dkr-ecr[-fips].REGION…`
    DualStack,
}

impl EcrHost {
    /// Reads `host` or `host:port`; `None` for what is no host of ECR.
    pub(crate) fn parse(registry: &str) -> Option<Self> {
        let registry = registry.to_ascii_lowercase();
        let host = match registry.split_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
            Some(_) => return None,
            None => &registry,
        };
        if host == "public.ecr.aws" {
            return Some(Self::Public);
        }
        SUFFIXES.iter().find_map(|(suffix, form, begins)| private(host.strip_suffix(suffix)?, *form, begins))
    }

    /// The region whose API is asked. ECR Public has its API in one place.
    pub(crate) fn region(&self) -> &str {
        match self {
            Self::Private { region, .. } => region,
            Self::Public => "us-east-1",
        }
    }
}

fn private(rest: &str, form: Form, begins: &[&str]) -> Option<EcrHost> {
    let (account, rest) = rest.split_once('.')?;
    let (service, region) = match form {
        Form::Classic => rest.strip_prefix("dkr.")?.split_once('.')?,
        Form::DualStack => rest.strip_prefix("dkr-")?.split_once('.')?,
    };
    let fips = match service {
        "ecr" => false,
        "ecr-fips" => true,
        _ => return None,
    };
    let fits = account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && is_region(region)
        && (begins.is_empty() || begins.iter().any(|begin| region.starts_with(begin)));
    fits.then(|| EcrHost::Private {
        account: account.to_owned(),
        region: region.to_owned(),
        fips,
        dual_stack: form == Form::DualStack,
    })
}

/// `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`: words of letters, then a number.
fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let is_word = |word: &str| (2..=12).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    (1..=2).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && (2..=4).contains(&words.split('-').count())
        && words.split('-').all(is_word)
}

/// Whether a registry (`host` or `host:port`) is one of AWS ECR, private or public.
#[must_use]
pub fn is_ecr(registry: &str) -> bool {
    EcrHost::parse(registry).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private(host: &str) -> Option<(String, String, bool, bool)> {
        match EcrHost::parse(host)? {
            EcrHost::Private { account, region, fips, dual_stack } => Some((account, region, fips, dual_stack)),
            EcrHost::Public => None,
        }
    }

    #[test]
    fn hosts_of_every_partition() {
        for (host, region, fips, dual_stack) in [
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1", false, false),
            ("123456789012.dkr.ecr.us-east-1.amazonaws.com:443", "us-east-1", false, false),
            ("123456789012.DKR.ECR.us-east-1.amazonaws.COM", "us-east-1", false, false),
            ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1", true, false),
            ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", false, false),
            ("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", false, false),
            ("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", false, false),
            ("123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", false, false),
            ("123456789012.dkr.ecr.ap-southeast-7.amazonaws.com", "ap-southeast-7", false, false),
            ("123456789012.dkr-ecr.eu-west-1.on.aws", "eu-west-1", false, true),
            ("123456789012.dkr-ecr-fips.us-east-1.on.aws", "us-east-1", true, true),
            ("123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn", "cn-northwest-1", false, true),
        ] {
            let expected = Some(("123456789012".to_owned(), region.to_owned(), fips, dual_stack));
            assert_eq!(private(host), expected, "{host}");
        }
        assert_eq!(EcrHost::parse("public.ecr.aws"), Some(EcrHost::Public));
        assert_eq!(EcrHost::parse("public.ecr.aws:443"), Some(EcrHost::Public));
    }

    #[test]
    fn whoever_only_looks_like_ecr_is_not() {
        for host in [
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.test",
            "evil.test/123456789012.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com@evil.test",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com:443@evil.test",
            "x.123456789012.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.evil.test.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.evil.amazonaws.com",
            "12345678901.dkr.ecr.eu-west-1.amazonaws.com",
            "1234567890123.dkr.ecr.eu-west-1.amazonaws.com",
            "12345678901a.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.cn",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn",
            "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cnx",
            "123456789012.dkr.ecr-fipsy.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr..amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1amazonaws.com",
            "123456789012.dkr-ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.on.aws",
            "api.ecr.eu-west-1.amazonaws.com",
            "xpublic.ecr.aws",
            "public.ecr.aws.evil.test",
            "public.ecr.aws:",
            "ghcr.io",
            "",
        ] {
            assert_eq!(EcrHost::parse(host), None, "{host}");
        }
    }
}
