use std::collections::HashMap;
use std::sync::Arc;

use anatomy::{ByteSize, Digest};
use async_trait::async_trait;
use aws_sdk_ecr::types::{DescribeImagesFilter, FindingSeverity, ImageDetail, TagStatus};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use source::{Catalogue, Cursor, Event, Listing, Page, Problem, RepositoryEntry, RequestFacts, Sink, TagEntry, Via};

use crate::Aws;
use crate::client;
use crate::exchange::heard;
use crate::fault::Failure;
use crate::host::EcrHost;
use crate::permissions::Operation;
use crate::token::ecr;

/// As many as ECR gives at once.
const PAGE: i32 = 1000;

/// Pages that hold nothing of a namespace are passed over, so many at once.
const PASSED_OVER: u32 = 20;

/// The lists of a private registry of ECR.
#[derive(Debug)]
pub(crate) struct EcrCatalogue {
    aws: Arc<Aws>,
    /// As in the reference.
    registry: String,
    account: String,
    region: String,
    fips: bool,
    dual_stack: bool,
}

impl EcrCatalogue {
    /// `None` for every host but the private ones. ECR Public describes only one's own registry;
    /// others' tags are listed by the registry itself.
    pub(crate) fn new(aws: &Arc<Aws>, registry: &str) -> Option<Self> {
        let EcrHost::Private { account, region, fips, dual_stack } = EcrHost::parse(registry)? else { return None };
        Some(Self { aws: Arc::clone(aws), registry: registry.to_owned(), account, region, fips, dual_stack })
    }

    /// A client, and the profile that it asks with.
    async fn client(&self, sink: &dyn Sink) -> Result<(aws_sdk_ecr::Client, Option<String>), Box<Failure>> {
        let host = EcrHost::Private {
            account: self.account.clone(),
            region: self.region.clone(),
            fips: self.fips,
            dual_stack: self.dual_stack,
        };
        let who = self.aws.who(&self.registry, &host);
        let found = self.aws.principals.find(&who, &self.aws.surroundings).await;
        let (principal, exchanges) = found.inspect_err(|failure| tell(&failure.exchanges, sink))?;
        tell(&exchanges, sink);
        let http = self.aws.principals.http(&self.aws.surroundings).await?;
        let profile = who.profile.as_deref();
        let credentials = Some(principal.credentials);
        let config = client::config(&self.aws.surroundings, http, &self.region, profile, credentials).await;
        Ok((ecr(&config, self.fips, self.dual_stack), who.profile))
    }

    async fn page_of_repositories(
        &self,
        after: Option<String>,
        sink: &dyn Sink,
    ) -> Result<Page<RepositoryEntry>, Box<Failure>> {
        let (client, profile) = self.client(sink).await?;
        let request = client.describe_repositories().registry_id(&self.account).max_results(PAGE);
        let (answer, exchanges) = heard(request.set_next_token(after).send()).await;
        tell(&exchanges, sink);
        let answer = answer.map_err(|error| {
            Failure::of_operation(Operation::DescribeRepositories, profile.as_deref(), &error).after(exchanges)
        })?;
        let entries = answer.repositories.unwrap_or_default().into_iter().filter_map(|repository| {
            let date = repository.created_at.as_ref().and_then(date);
            // What is no name could not be asked for, and has no place on a screen.
            let name = repository.repository_name.filter(|name| anatomy::is_repository(name))?;
            Some(RepositoryEntry { name, date, description: None })
        });
        Ok(Page { entries: entries.collect(), next: next(answer.next_token) })
    }

    async fn page_of_tags(
        &self,
        repository: &str,
        after: Option<String>,
        sink: &dyn Sink,
    ) -> Result<Page<TagEntry>, Box<Failure>> {
        let (client, profile) = self.client(sink).await?;
        let request = client
            .describe_images()
            .registry_id(&self.account)
            .repository_name(repository)
            // Without a tag are the platforms of an index, attestations, and what lost its tag.
            .filter(DescribeImagesFilter::builder().tag_status(TagStatus::Tagged).build())
            .max_results(PAGE);
        let (answer, exchanges) = heard(request.set_next_token(after).send()).await;
        tell(&exchanges, sink);
        let answer = answer.map_err(|error| {
            Failure::of_operation(Operation::DescribeImages, profile.as_deref(), &error).after(exchanges)
        })?;
        let entries = answer.image_details.unwrap_or_default().iter().flat_map(tags).collect();
        Ok(Page { entries, next: next(answer.next_token) })
    }
}

#[async_trait]
impl Catalogue for EcrCatalogue {
    fn via(&self) -> Via {
        Via::Ecr
    }

    async fn repositories(
        &self,
        namespace: Option<&str>,
        after: Option<&Cursor>,
        sink: &dyn Sink,
    ) -> Result<Listing, Problem> {
        let mut after = after.map(|cursor| cursor.0.clone());
        let mut left = PASSED_OVER;
        loop {
            let page = self.page_of_repositories(after, sink).await;
            let mut page = page.map_err(|failure| failure.problem(&self.registry, ""))?;
            if let Some(namespace) = namespace {
                page.entries.retain(|entry| is_of(&entry.name, namespace));
            }
            left -= 1;
            match &page.next {
                Some(cursor) if page.entries.is_empty() && left > 0 => after = Some(cursor.0.clone()),
                _ => return Ok(Listing::Page(page)),
            }
        }
    }

    async fn tags(&self, repository: &str, after: Option<&Cursor>, sink: &dyn Sink) -> Result<Page<TagEntry>, Problem> {
        let page = self.page_of_tags(repository, after.map(|cursor| cursor.0.clone()), sink).await;
        page.map_err(|failure| failure.problem(&self.registry, repository))
    }
}

fn tell(exchanges: &[RequestFacts], sink: &dyn Sink) {
    for facts in exchanges {
        sink.on(Event::Request(facts.clone()));
    }
}

fn next(token: Option<String>) -> Option<Cursor> {
    token.filter(|token| !token.is_empty()).map(Cursor)
}

/// `team/app` is of `team`.
fn is_of(name: &str, namespace: &str) -> bool {
    let namespace = namespace.trim_matches('/');
    namespace.is_empty() || name.strip_prefix(namespace).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn tags(image: &ImageDetail) -> impl Iterator<Item = TagEntry> + '_ {
    let whole = TagEntry {
        name: String::new(),
        digest: image.image_digest().and_then(|digest| digest.parse::<Digest>().ok()),
        size: image.image_size_in_bytes().and_then(|bytes| u64::try_from(bytes).ok()).map(ByteSize),
        date: image.image_pushed_at().and_then(date),
        media_type: image.image_manifest_media_type().map(ToOwned::to_owned),
        artifact_type: image.artifact_media_type().map(ToOwned::to_owned),
        platforms: Vec::new(),
        scan: scan(image),
    };
    let names = image.image_tags().iter().filter(|tag| anatomy::is_tag(tag));
    names.map(move |tag| TagEntry { name: tag.clone(), ..whole.clone() })
}

fn date(moment: &DateTime) -> Option<String> {
    moment.fmt(Format::DateTime).ok()
}

/// `COMPLETE`, with the findings where there are any: `COMPLETE: CRITICAL 1, HIGH 3`.
fn scan(image: &ImageDetail) -> Option<String> {
    let status = image.image_scan_status()?.status()?.as_str();
    let none = HashMap::new();
    let counts = image.image_scan_findings_summary().and_then(|s| s.finding_severity_counts()).unwrap_or(&none);
    let order = [
        FindingSeverity::Critical,
        FindingSeverity::High,
        FindingSeverity::Medium,
        FindingSeverity::Low,
        FindingSeverity::Informational,
        FindingSeverity::Undefined,
    ];
    let counted: Vec<String> = order
        .iter()
        .filter_map(|severity| Some((severity, counts.get(severity).copied().filter(|count| *count > 0)?)))
        .map(|(severity, count)| format!("{} {count}", severity.as_str()))
        .collect();
    Some(if counted.is_empty() { status.to_owned() } else { format!("{status}: {}", counted.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ecr::types::{ImageScanFindingsSummary, ImageScanStatus, ScanStatus};

    #[test]
    fn namespaces_are_whole_words() {
        for (name, namespace, expected) in [
            ("team/app", "team", true),
            ("team/app", "team/", true),
            ("team/sub/app", "team/sub", true),
            ("team", "team", true),
            ("teams/app", "team", false),
            ("app", "team", false),
            ("app", "", true),
        ] {
            assert_eq!(is_of(name, namespace), expected, "{name} {namespace}");
        }
    }

    #[test]
    fn a_row_for_every_tag() {
        let digest = format!("sha256:{}", "a".repeat(64));
        let image = ImageDetail::builder()
            .image_digest(&digest)
            .image_tags("1.2")
            .image_tags("latest")
            .image_tags("\u{1b}[31mno tag")
            .image_size_in_bytes(1878)
            .image_pushed_at(DateTime::from_secs(1_795_511_012))
            .image_manifest_media_type("application/vnd.oci.image.index.v1+json")
            .artifact_media_type("application/vnd.cncf.helm.config.v1+json")
            .image_scan_status(ImageScanStatus::builder().status(ScanStatus::Complete).build())
            .image_scan_findings_summary(
                ImageScanFindingsSummary::builder()
                    .finding_severity_counts(FindingSeverity::High, 3)
                    .finding_severity_counts(FindingSeverity::Low, 0)
                    .finding_severity_counts(FindingSeverity::Critical, 1)
                    .build(),
            )
            .build();
        let rows: Vec<_> = tags(&image).collect();
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["1.2", "latest"]);
        let row = &rows[1];
        assert_eq!(row.digest.as_ref().map(ToString::to_string), Some(digest));
        assert_eq!(row.size, Some(ByteSize(1878)));
        assert_eq!(row.date.as_deref(), Some("2026-11-24T09:03:32Z"));
        assert_eq!(row.media_type.as_deref(), Some("application/vnd.oci.image.index.v1+json"));
        assert_eq!(row.artifact_type.as_deref(), Some("application/vnd.cncf.helm.config.v1+json"));
        assert_eq!(row.scan.as_deref(), Some("COMPLETE: CRITICAL 1, HIGH 3"));
        let bare = ImageDetail::builder().image_tags("1").build();
        let row = tags(&bare).next().unwrap();
        assert_eq!(row, TagEntry { name: "1".into(), ..TagEntry::default() });
        assert_eq!(tags(&ImageDetail::builder().build()).count(), 0, "without a tag there is no row");
    }
}
