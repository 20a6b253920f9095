//! Lists of tags and repositories: how they are paged, and what their refusal means.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod common;

use std::sync::Arc;

use common::{One, Told, open, options};
use registry::{RegistryClient, RegistryOptions};
use serde_json::{Value, json};
use source::{
    Catalogue, ContentSource, CredentialProvider, Listing, NoCredentials, PageTurner, Problem, ProblemKind, Silent,
    TagEntry, Thing, Unlisted, Via,
};
use testkit::{Auth, Bearer, Fault, Image, ImageBuilder, Link, Registry, RegistryBuilder, When, media};

fn image() -> Image {
    ImageBuilder::new("linux/amd64").file("a", b"1").build()
}

fn with_tags(count: usize) -> RegistryBuilder {
    Registry::builder().tags("demo/app", &image(), (0..count).map(|number| format!("{number:05}")))
}

fn client(credentials: impl CredentialProvider + 'static) -> RegistryClient {
    RegistryClient::new(&options(), Arc::new(credentials)).unwrap()
}

fn catalogue(registry: &Registry) -> Arc<dyn Catalogue> {
    client(NoCredentials).catalogue(&registry.host())
}

/// Tags as far as they can be had, and what stood in the way of the rest.
async fn tags(catalogue: &dyn Catalogue, repository: &str) -> (Vec<TagEntry>, Option<Problem>) {
    let (mut entries, mut turner, mut after) = (Vec::new(), PageTurner::default(), None);
    loop {
        let page = match catalogue.tags(repository, after.as_ref(), &Silent).await {
            Ok(page) => page,
            Err(problem) => return (entries, Some(problem)),
        };
        let count = page.entries.len();
        entries.extend(page.entries);
        match turner.turn(count, page.next) {
            Ok(Some(next)) => after = Some(next),
            Ok(None) | Err(_) => return (entries, None),
        }
    }
}

fn names(entries: &[TagEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

/// Names of repositories, all pages.
async fn repositories(catalogue: &dyn Catalogue, namespace: Option<&str>) -> Result<Vec<String>, Unlisted> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        match catalogue.repositories(namespace, after.as_ref(), &Silent).await.unwrap() {
            Listing::Unlisted(why) => return Err(why),
            Listing::Page(page) => {
                found.extend(page.entries.into_iter().map(|entry| entry.name));
                let Some(next) = page.next else { return Ok(found) };
                after = Some(next);
            }
        }
    }
}

fn json_answer(body: &Value) -> Fault {
    Fault::status(200).header("content-type", "application/json").body(body.to_string())
}

#[tokio::test]
async fn links_are_followed_to_the_end_as_paths_and_as_addresses() {
    for link in [Link::Path, Link::Address] {
        let registry = with_tags(2_500).pages(1_000, link).start();
        let (entries, problem) = tags(&*catalogue(&registry), "demo/app").await;
        assert!(problem.is_none());
        assert_eq!(entries.len(), 2_500);
        assert_eq!((entries[0].name.as_str(), entries[2_499].name.as_str()), ("00000", "02499"));
        let expected = ["n=1000", "last=00999&n=1000", "last=01999&n=1000"];
        let expected: Vec<_> = expected.iter().map(|query| format!("GET /v2/demo/app/tags/list?{query}")).collect();
        assert_eq!(registry.lines(), expected, "{link:?}");
        // The same pager behind the source of one repository.
        assert_eq!(open(&registry, "demo/app").tags(&Silent).await.unwrap().len(), 2_500);
    }
}

#[tokio::test]
async fn a_registry_that_knows_no_pages_is_asked_once() {
    let registry = with_tags(2_000).start();
    let (entries, problem) = tags(&*catalogue(&registry), "demo/app").await;
    assert_eq!((entries.len(), problem.is_none(), registry.lines().len()), (2_000, true, 1));
}

#[tokio::test]
async fn a_link_that_was_lost_is_noticed_by_a_full_page() {
    let registry = with_tags(2_500).pages(1_000, Link::Absent).start();
    let (entries, _) = tags(&*catalogue(&registry), "demo/app").await;
    assert_eq!((entries.len(), registry.lines().len()), (2_500, 3));
    // Exactly as many as were asked for, from a registry that knows neither `n` nor `last`.
    let registry = with_tags(1_000).start();
    let (entries, _) = tags(&*catalogue(&registry), "demo/app").await;
    assert_eq!((entries.len(), registry.lines().len()), (1_000, 2));
}

#[tokio::test]
async fn a_list_without_end_ends() {
    let registry = with_tags(30).pages(10, Link::Circle).start();
    let (entries, problem) = tags(&*catalogue(&registry), "demo/app").await;
    assert!(problem.is_none());
    // The first page asks for more than there are at once: its own address comes back once.
    assert!(registry.lines().len() <= 3, "{:?}", registry.lines());
    assert!(entries.iter().all(|entry| entry.name.as_str() < "00010"));
}

#[tokio::test]
async fn no_list_leads_to_another_host() {
    let registry = with_tags(30).pages(10, Link::OtherHost).auth(Auth::basic("alice", "wonderland")).start();
    let catalogue = client(One::basic("alice", "wonderland")).catalogue(&registry.host());
    let (entries, problem) = tags(&*catalogue, "demo/app").await;
    assert_eq!(entries.len(), 10);
    let target = format!("{}/v2/demo/app/tags/list", registry.other_url());
    let expected = ProblemKind::RedirectRefused { host: registry.host(), target, fault: "another-host".into() };
    assert_eq!(problem.unwrap().what, expected);
    assert!(registry.seen().iter().all(|seen| !seen.other_host));
}

#[tokio::test]
async fn a_page_size_that_is_refused_is_not_insisted_on() {
    let registry = with_tags(30).catalog().pages(10, Link::Path).largest_page(100).start();
    let (entries, _) = tags(&*catalogue(&registry), "demo/app").await;
    assert_eq!(entries.len(), 30);
    assert_eq!(registry.lines()[..2], ["GET /v2/demo/app/tags/list?n=1000", "GET /v2/demo/app/tags/list"]);
    assert_eq!(repositories(&*catalogue(&registry), None).await.unwrap(), ["demo/app"]);
}

#[tokio::test]
async fn what_is_odd_in_a_list_is_passed_over_and_what_is_none_is_told() {
    let registry = with_tags(1).start();
    let list = || When::get().path("/tags/list");
    for (body, expected) in [
        (json!({"name": "demo/app", "tags": ["b", null, 7, "a", "b", {"x": 1}, "-", "a\u{1b}[0m"]}), vec!["b", "a"]),
        (json!({"tags": null, "name": "demo/app"}), vec![]),
        (json!({"tags": []}), vec![]),
    ] {
        registry.behave();
        registry.when(list()).fault(json_answer(&body));
        let (entries, problem) = tags(&*catalogue(&registry), "demo/app").await;
        assert_eq!((names(&entries), problem), (expected, None), "{body}");
    }
    let host = registry.host();
    let malformed = |what: &str| ProblemKind::AnswerMalformed { registry: host.clone(), what: what.to_owned() };
    for (fault, expected) in [
        (json_answer(&json!([1])), malformed("json")),
        (json_answer(&json!({"errors": []})), malformed("json")),
        (json_answer(&json!({"tags": "a"})), malformed("json")),
        (Fault::status(200).body("{\"tags\": [\"a\""), malformed("json")),
        (Fault::html(200), malformed("html")),
        (Fault::status(404), ProblemKind::NotFound { thing: Thing::Repository, name: "demo/app".into() }),
        (Fault::status(403), ProblemKind::AccessDenied { registry: host.clone(), repository: "demo/app".into() }),
        (
            Fault::Huge(1 << 40),
            ProblemKind::TooLarge { limit: anatomy::ByteSize(16 << 20), size: Some(anatomy::ByteSize(1 << 40)) },
        ),
    ] {
        registry.behave();
        registry.when(list()).fault(fault);
        let (_, problem) = tags(&*catalogue(&registry), "demo/app").await;
        let problem = problem.unwrap();
        assert_eq!(problem.what, expected);
        assert!(problem.evidence.iter().any(|line| line.attempted.contains("/tags/list")), "{problem:?}");
    }
}

#[tokio::test]
async fn repositories_are_listed_page_by_page_and_of_a_namespace() {
    let mut builder = Registry::builder().catalog().pages(2, Link::Path);
    for name in ["app", "team/app", "team/deep/app", "teammate/app", "zoo"] {
        builder = builder.image(name, "1", &image());
    }
    let registry = builder.start();
    let all = ["app", "team/app", "team/deep/app", "teammate/app", "zoo"];
    assert_eq!(repositories(&*catalogue(&registry), None).await.unwrap(), all);
    assert_eq!(registry.lines().len(), 3);
    assert_eq!(repositories(&*catalogue(&registry), Some("team")).await.unwrap(), ["team/app", "team/deep/app"]);
    assert_eq!(repositories(&*catalogue(&registry), Some("nobody")).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn that_there_is_no_list_is_a_fact() {
    let registry = with_tags(1).start();
    assert_eq!(repositories(&*catalogue(&registry), None).await, Err(Unlisted::NotOffered));
    for (fault, expected) in [
        (Fault::status(405), Unlisted::NotOffered),
        (Fault::status(400), Unlisted::NotOffered),
        (Fault::status(501), Unlisted::NotOffered),
        (Fault::html(200), Unlisted::NotOffered),
        (Fault::status(403), Unlisted::NotAllowed),
        // Everything else is open to everybody.
        (Fault::status(401), Unlisted::NotAllowed),
    ] {
        registry.behave();
        registry.when(When::get().path("/_catalog")).fault(fault.clone());
        assert_eq!(repositories(&*catalogue(&registry), None).await, Err(expected), "{fault:?}");
    }
    registry.behave();
    registry.when(When::get().path("/_catalog")).fault(json_answer(&json!({"repositories": null})));
    assert_eq!(repositories(&*catalogue(&registry), None).await, Ok(Vec::new()));
    registry.behave();
    registry.when(When::get().path("/_catalog")).fault(Fault::status(418));
    let problem = catalogue(&registry).repositories(None, None, &Silent).await.unwrap_err();
    assert_eq!(problem.what, ProblemKind::RegistryFailed { registry: registry.host(), status: 418 });
}

#[tokio::test]
async fn an_account_opens_the_list_and_the_wrong_one_is_a_problem() {
    let basic = Auth::basic("alice", "wonderland");
    for auth in [basic, Bearer::account("alice", "wonderland").into()] {
        let registry = Registry::builder().image("app", "1", &image()).catalog().auth(auth).start();
        let host = registry.host();
        let right = client(One::basic("alice", "wonderland")).catalogue(&host);
        assert_eq!(repositories(&*right, None).await.unwrap(), ["app"]);
        let scopes = |line: &String| line.contains("/token?") && line.contains("registry%3Acatalog%3A*");
        let token = registry.lines().iter().any(|line| scopes(line) || line.contains("registry:catalog:*"));
        assert!(token || registry.lines().iter().all(|line| !line.contains("/token")), "{:?}", registry.lines());
        let nobody = catalogue(&registry).repositories(None, None, &Silent).await.unwrap_err();
        assert_eq!(nobody.what, ProblemKind::AuthRequired { registry: host.clone() });
        let wrong = client(One::basic("alice", "looking-glass")).catalogue(&host);
        let wrong = wrong.repositories(None, None, &Silent).await.unwrap_err();
        assert_eq!(wrong.what, ProblemKind::AuthRejected { registry: host, account: Some("alice".into()) });
    }
}

#[tokio::test]
async fn what_google_adds_to_its_lists_is_used() {
    let registry = with_tags(1).start();
    let digest = image().digest().clone();
    registry.when(When::get().path("/tags/list")).fault(json_answer(&json!({
        "name": "demo/app", "tags": ["1", "latest"], "child": ["sub"],
        "manifest": {digest.as_str(): {
            "imageSizeBytes": "48", "layerId": "", "mediaType": media::OCI_MANIFEST, "tag": ["1", "latest"],
            "timeCreatedMs": "0", "timeUploadedMs": "1769862605000",
        }},
    })));
    let (entries, _) = tags(&*catalogue(&registry), "demo/app").await;
    for entry in entries {
        assert_eq!((entry.digest, entry.size.unwrap().0), (Some(digest.clone()), 48));
        assert_eq!(entry.date.as_deref(), Some("2026-01-31T12:30:05Z"));
    }
}

#[tokio::test]
async fn all_pages_of_the_referrers_api_are_read() {
    let subject = image();
    let mut builder = Registry::builder().image("demo/app", "1", &subject).referrers().pages(2, Link::Path);
    for number in 0..5 {
        let manifest = json!({
            "schemaVersion": 2, "mediaType": media::OCI_MANIFEST, "artifactType": "application/x", "layers": [],
            "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": anatomy::Digest::sha256(b"{}"), "size": 2},
            "subject": {"mediaType": media::OCI_MANIFEST, "digest": subject.digest(), "size": subject.bytes().len()},
            "annotations": {"number": number.to_string()},
        });
        let manifest = Image::raw(media::OCI_MANIFEST, serde_json::to_vec(&manifest).unwrap());
        builder = builder.image("demo/app", &format!("r{number}"), &manifest);
    }
    let registry = builder.start();
    let pages = open(&registry, "demo/app").referrers(subject.digest(), &Silent).await.unwrap();
    let listed = pages.iter().map(|page| {
        let index: Value = serde_json::from_slice(&page.bytes).unwrap();
        index["manifests"].as_array().unwrap().len()
    });
    assert_eq!(listed.collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(registry.lines().len(), 3);
    // A page that cannot be had takes nothing away from those before it, and is no reason for the tag.
    registry.forget_seen();
    registry.when(When::get().path("last=")).fault(Fault::status(404));
    let pages = open(&registry, "demo/app").referrers(subject.digest(), &Silent).await.unwrap();
    assert_eq!((pages.len(), registry.lines().len()), (1, 2));
}

#[tokio::test]
async fn the_events_of_a_list_are_its_requests() {
    let registry = with_tags(25).pages(10, Link::Path).start();
    let told = Told::default();
    let page = catalogue(&registry).tags("demo/app", None, &told).await.unwrap();
    assert_eq!((page.entries.len(), told.requests()), (10, 1));
    assert!(page.next.is_some());
}

/// Names of the world that lead to this machine, with certificates of their names.
mod apis {
    use testkit::Authority;

    use super::*;

    struct World {
        authority: Authority,
        folder: tempfile::TempDir,
    }

    impl World {
        fn new() -> Self {
            Self { authority: Authority::new("testkit"), folder: tempfile::tempdir().unwrap() }
        }

        fn serve(&self, builder: RegistryBuilder, names: &[&str]) -> Registry {
            builder.tls(self.authority.leaf_for(names)).start()
        }

        fn client(
            &self,
            places: &[(&str, &Registry)],
            credentials: impl CredentialProvider + 'static,
        ) -> RegistryClient {
            let port = |registry: &Registry| registry.host().rsplit(':').next().unwrap().parse().unwrap();
            let loopback = "127.0.0.1".parse().unwrap();
            let resolve =
                places.iter().map(|(name, registry)| ((*name).to_owned(), port(registry), loopback)).collect();
            let extra_ca = vec![self.authority.write_pem(self.folder.path())];
            let options = RegistryOptions { resolve, extra_ca, ..options() };
            RegistryClient::new(&options, Arc::new(credentials)).unwrap()
        }
    }

    const HUB: &str = "hub.docker.com";

    fn hub_tag(number: u32, digest: &anatomy::Digest) -> Value {
        json!({
            "name": format!("1.{number}"), "full_size": 1000 + number, "digest": digest, "media_type": media::OCI_INDEX,
            "last_updated": "2026-01-31T12:30:05.5Z", "images": [
                {"os": "linux", "architecture": "arm64", "variant": "v8", "digest": digest, "size": 1},
                {"os": "unknown", "architecture": "unknown", "digest": digest, "size": 1},
            ],
        })
    }

    #[tokio::test]
    async fn docker_hub_tells_dates_sizes_and_platforms_without_a_pull() {
        let world = World::new();
        let hub = world.serve(Registry::builder(), &[HUB]);
        let digest = image().digest().clone();
        let page = |first: u32, next: Option<&str>| {
            let results: Vec<Value> = (first..first + 3).map(|number| hub_tag(number, &digest)).collect();
            json_answer(&json!({"count": 6, "next": next, "previous": null, "results": results}))
        };
        let second = "https://hub.docker.com/v2/repositories/library/nginx/tags?page=2&page_size=100";
        hub.when(When::get().path("/tags?page=2&page_size=100")).fault(page(3, None));
        hub.when(When::get().path("/v2/repositories/library/nginx/tags?page_size=100")).fault(page(0, Some(second)));
        let catalogue = world.client(&[(HUB, &hub)], One::basic("alice", "wonderland")).catalogue("docker.io");
        let (entries, problem) = tags(&*catalogue, "library/nginx").await;
        assert_eq!(problem, None);
        assert_eq!(names(&entries), ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]);
        assert_eq!(entries[5].platforms, ["linux/arm64/v8"]);
        assert_eq!((entries[5].digest.as_ref(), entries[5].size.unwrap().0), (Some(&digest), 1005));
        assert_eq!(catalogue.via(), Via::DockerHub);
        assert_eq!(hub.lines().len(), 2);
        assert!(hub.seen().iter().all(|seen| seen.authorization().is_none()), "the account is the registry's");
    }

    #[tokio::test]
    async fn docker_hub_leads_nowhere_else() {
        let world = World::new();
        let hub = world.serve(Registry::builder(), &[HUB]);
        let results = [hub_tag(0, image().digest())];
        let next = "https://evil.example/v2/repositories/library/nginx/tags?page=2&x=secret";
        hub.when(When::get()).fault(json_answer(&json!({"next": next, "results": results})));
        let catalogue = world.client(&[(HUB, &hub)], NoCredentials).catalogue("docker.io");
        let (entries, problem) = tags(&*catalogue, "library/nginx").await;
        assert_eq!(entries.len(), 1);
        let target = "https://evil.example/v2/repositories/library/nginx/tags".to_owned();
        let expected = ProblemKind::RedirectRefused { host: HUB.into(), target, fault: "another-host".into() };
        assert_eq!(problem.unwrap().what, expected);
        assert_eq!(hub.lines().len(), 1);
    }

    #[tokio::test]
    async fn without_its_api_docker_hubs_registry_is_asked() {
        let world = World::new();
        let hub = world.serve(Registry::builder(), &[HUB]);
        let registry = world.serve(
            Registry::builder()
                .tags("alice/private", &image(), ["1", "2", "3"])
                .pages(2, Link::Path)
                .auth(Auth::basic("alice", "wonderland")),
            &["registry-1.docker.io"],
        );
        // The API knows nobody, so a private repository is not there.
        let places = [(HUB, &hub), ("registry-1.docker.io", &registry)];
        let catalogue = world.client(&places, One::basic("alice", "wonderland")).catalogue("docker.io");
        let (entries, problem) = tags(&*catalogue, "alice/private").await;
        assert_eq!((names(&entries), problem), (vec!["1", "2", "3"], None));
        assert_eq!(catalogue.via(), Via::Registry);
        assert_eq!(hub.lines().len(), 1, "it is asked once, not for each page");
        // Nothing helps: the registry's own words count, and both attempts are told.
        let catalogue = world.client(&places, NoCredentials).catalogue("docker.io");
        let (_, problem) = tags(&*catalogue, "alice/private").await;
        let problem = problem.unwrap();
        assert_eq!(problem.what, ProblemKind::AuthRequired { registry: "docker.io".into() });
        let attempts: Vec<_> = problem.evidence.iter().map(|line| line.attempted.as_str()).collect();
        assert!(attempts[0].contains("hub.docker.com") && attempts[1].contains("registry-1.docker.io"), "{attempts:?}");
    }

    #[tokio::test]
    async fn docker_hub_lists_a_namespace_by_either_address() {
        let world = World::new();
        let hub = world.serve(Registry::builder(), &[HUB]);
        let body = json!({"count": 1, "next": null, "results": [
            {"name": "nginx", "namespace": "library", "description": "A server", "last_updated": "2026-01-31T12:30:05Z"},
            {"name": "../escape", "namespace": "library"}, null,
        ]});
        for address in ["/v2/namespaces/library/repositories?page_size=100", "/v2/repositories/library/?page_size=100"]
        {
            hub.behave();
            hub.when(When::get().path(address)).fault(json_answer(&body));
            let catalogue = world.client(&[(HUB, &hub)], NoCredentials).catalogue("docker.io");
            let listing = catalogue.repositories(Some("library"), None, &Silent).await.unwrap();
            let Listing::Page(page) = listing else { panic!("{listing:?}") };
            assert_eq!(page.entries.len(), 1);
            assert_eq!(page.entries[0].name, "library/nginx");
            assert_eq!(page.entries[0].description.as_deref(), Some("A server"));
        }
        hub.behave();
        hub.forget_seen();
        let catalogue = world.client(&[(HUB, &hub)], NoCredentials).catalogue("docker.io");
        let problem = catalogue.repositories(Some("nobody"), None, &Silent).await.unwrap_err();
        assert_eq!(problem.what, ProblemKind::NotFound { thing: Thing::Repository, name: "nobody".into() });
        hub.forget_seen();
        assert_eq!(repositories(&*catalogue, None).await, Err(Unlisted::NeedsNamespace));
        assert_eq!(hub.lines().len(), 0);
    }

    #[tokio::test]
    async fn quay_is_asked_by_its_api_and_then_by_its_registry() {
        const QUAY: &str = "quay.io";
        let world = World::new();
        let digest = image().digest().clone();
        let quay = world.serve(Registry::builder().tags("team/app", &image(), ["own"]), &[QUAY]);
        let page = |name: &str, more: bool| {
            let tag = json!({
                "name": name, "manifest_digest": digest, "size": 12, "start_ts": 1_769_862_605,
                "last_modified": "Sat, 31 Jan 2026 12:30:05 -0000",
            });
            json_answer(&json!({"tags": [tag], "page": 1, "has_additional": more}))
        };
        let api = "/api/v1/repository/team/app/tag/?onlyActiveTags=true&limit=100&page=";
        quay.when(When::get().path(format!("{api}1"))).fault(page("v1", true));
        quay.when(When::get().path(format!("{api}2"))).fault(page("v2", false));
        let catalogue = || world.client(&[(QUAY, &quay)], NoCredentials).catalogue(QUAY);
        let (entries, problem) = tags(&*catalogue(), "team/app").await;
        assert_eq!((names(&entries), problem), (vec!["v1", "v2"], None));
        assert_eq!(entries[1].digest.as_ref(), Some(&digest));
        assert_eq!(entries[1].date.as_deref(), Some("2026-01-31T12:30:05Z"));

        let listed = |name: &str, next: Option<&str>| {
            let found = json!({"namespace": "team", "name": name, "description": null, "is_public": true});
            json_answer(&json!({"repositories": [found], "next_page": next}))
        };
        quay.when(When::get().path("&next_page=gAAA=")).fault(listed("two", None));
        quay.when(When::get().path("/api/v1/repository?namespace=team&public=true"))
            .fault(listed("one", Some("gAAA=")));
        assert_eq!(repositories(&*catalogue(), Some("team")).await.unwrap(), ["team/one", "team/two"]);
        assert_eq!(repositories(&*catalogue(), None).await, Err(Unlisted::NeedsNamespace));

        quay.behave();
        let after = catalogue();
        let (entries, problem) = tags(&*after, "team/app").await;
        assert_eq!((names(&entries), problem, after.via()), (vec!["own"], None, Via::Registry));
    }

    #[tokio::test]
    async fn google_tells_the_repositories_of_a_project_as_children() {
        const GOOGLE: &str = "gcr.io";
        let world = World::new();
        let google =
            world.serve(Registry::builder().image("my-project/catalogued", "1", &image()).catalog(), &[GOOGLE]);
        let children =
            json!({"name": "my-project", "child": ["app", "deep", "Not/A/Name"], "manifest": {}, "tags": []});
        google.when(When::get().path("/v2/my-project/tags/list")).fault(json_answer(&children));
        let catalogue = world.client(&[(GOOGLE, &google)], NoCredentials).catalogue(GOOGLE);
        let found = repositories(&*catalogue, Some("my-project")).await.unwrap();
        assert_eq!((found, google.lines().len()), (vec!["my-project/app".to_owned(), "my-project/deep".to_owned()], 1));
        google.behave();
        assert_eq!(repositories(&*catalogue, Some("my-project")).await.unwrap(), ["my-project/catalogued"]);
    }

    #[tokio::test]
    async fn azure_is_asked_with_a_token_for_metadata() {
        const AZURE: &str = "kaibo.azurecr.io";
        let world = World::new();
        let digest = image().digest().clone();
        let azure = world.serve(Registry::builder().tags("team/app", &image(), ["own"]).catalog(), &[AZURE]);
        let challenge = format!(r#"Bearer realm="https://{AZURE}/token",service="{AZURE}""#);
        let tag = json!({"name": "v1", "digest": digest, "lastUpdateTime": "2026-01-31T12:30:05.1234567Z"});
        let token = json_answer(&json!({"access_token": "for-metadata"}));
        let tags_of = || When::get().path("/acr/v1/team/app/_tags?n=1000");
        azure.when(tags_of()).times(1).fault(Fault::status(401).header("www-authenticate", &challenge));
        azure.when(tags_of()).fault(
            json_answer(&json!({"registry": AZURE, "imageName": "team/app", "tags": [tag]}))
                .header("link", r#"</acr/v1/team/app/_tags?last=v1&n=1000&orderby=>; rel="next""#),
        );
        azure
            .when(When::get().path("_tags?last=v1"))
            .fault(json_answer(&json!({"tags": [{"name": "v2", "digest": digest}]})));
        azure.when(When::tokens()).fault(token);
        azure
            .when(When::get().path("/acr/v1/_catalog?n=1000"))
            .fault(json_answer(&json!({"repositories": ["team/app", "x"]})));
        let catalogue = || world.client(&[(AZURE, &azure)], NoCredentials).catalogue(AZURE);
        let told = catalogue();
        let (entries, problem) = tags(&*told, "team/app").await;
        assert_eq!((names(&entries), problem), (vec!["v1", "v2"], None));
        assert_eq!((entries[0].date.as_deref(), told.via()), (Some("2026-01-31T12:30:05Z"), Via::Acr));
        let token = azure.lines().into_iter().find(|line| line.contains("/token")).unwrap();
        assert!(
            token.replace("%3A", ":").replace("%2F", "/").contains("scope=repository:team/app:metadata_read"),
            "{token}"
        );
        assert_eq!(repositories(&*catalogue(), Some("team")).await.unwrap(), ["team/app"]);

        azure.behave();
        let after = catalogue();
        let (entries, problem) = tags(&*after, "team/app").await;
        assert_eq!((names(&entries), problem, after.via()), (vec!["own"], None, Via::Registry));
        assert_eq!(repositories(&*after, None).await.unwrap(), ["team/app"]);
    }
}
