/// What an IAM policy has to allow for something that Kaibo does at ECR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// For what.
    pub purpose: Purpose,
    /// The actions of IAM.
    pub actions: &'static [&'static str],
    /// On what: `*`, or the repository's ARN.
    pub resource: &'static str,
}

/// What is done at ECR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in. One token is good for every registry of the region that the principal may read.
    Token,
    /// Listing repositories.
    List,
    /// Listing tags with their dates, sizes and scans.
    Describe,
    /// Reading manifests, layers and referrers through the registry itself.
    Pull,
    /// Signing in at ECR Public, for more pulls than nobody gets.
    PublicToken,
}

/// What IAM has to allow, for each purpose. A principal of another account needs the same from the
/// repository's policy.
pub const PERMISSIONS: [Permission; 5] = [
    Permission { purpose: Purpose::Token, actions: &["ecr:GetAuthorizationToken"], resource: "*" },
    Permission { purpose: Purpose::List, actions: &["ecr:DescribeRepositories"], resource: REPOSITORY },
    Permission { purpose: Purpose::Describe, actions: &["ecr:DescribeImages"], resource: REPOSITORY },
    Permission {
        purpose: Purpose::Pull,
        actions: &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
        resource: REPOSITORY,
    },
    Permission {
        purpose: Purpose::PublicToken,
        actions: &["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
        resource: "*",
    },
];

const REPOSITORY: &str = "arn:aws:ecr:REGION:ACCOUNT:repository/NAME";

/// An operation of AWS that is asked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub(crate) enum Operation {
    GetAuthorizationToken,
    /// The same of ECR Public.
    #[strum(serialize = "GetAuthorizationToken")]
    GetPublicAuthorizationToken,
    DescribeRepositories,
    DescribeImages,
    AssumeRole,
    AssumeRoleWithWebIdentity,
    GetRoleCredentials,
    /// No operation of AWS: its SDK looked for credentials.
    #[strum(serialize = "credentials")]
    LoadCredentials,
    RegisterClient,
    StartDeviceAuthorization,
    CreateToken,
}

impl Operation {
    /// As AWS writes it.
    pub(crate) fn name(self) -> &'static str {
        self.into()
    }

    /// The action of IAM that allows it.
    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::GetAuthorizationToken => "ecr:GetAuthorizationToken",
            Self::GetPublicAuthorizationToken => "ecr-public:GetAuthorizationToken",
            Self::DescribeRepositories => "ecr:DescribeRepositories",
            Self::DescribeImages => "ecr:DescribeImages",
            Self::AssumeRole | Self::LoadCredentials => "sts:AssumeRole",
            Self::AssumeRoleWithWebIdentity => "sts:AssumeRoleWithWebIdentity",
            Self::GetRoleCredentials => "sso:GetRoleCredentials",
            Self::RegisterClient => "sso-oidc:RegisterClient",
            Self::StartDeviceAuthorization => "sso-oidc:StartDeviceAuthorization",
            Self::CreateToken => "sso-oidc:CreateToken",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_in_the_table() {
        let all: Vec<_> = PERMISSIONS.iter().flat_map(|permission| permission.actions).collect();
        for operation in [
            Operation::GetAuthorizationToken,
            Operation::GetPublicAuthorizationToken,
            Operation::DescribeRepositories,
            Operation::DescribeImages,
        ] {
            assert!(all.contains(&&operation.action()), "{operation:?}");
            assert!(operation.action().ends_with(operation.name()), "{operation:?}");
        }
    }
}
