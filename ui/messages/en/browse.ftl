### Registries, repositories and tags. The first part is what both programs say of the types of
### `source`, `anatomy` and `explorer`.

## Who tells of repositories and tags (source::Via)

via-registry = the registry itself
via-docker-hub = the API of Docker Hub
via-ecr = the API of AWS ECR
via-quay = the API of Quay
via-acr = the API of Azure Container Registry

## Why there is no list (source::Unlisted), and what to do instead

unlisted-not-offered = This registry tells nobody which repositories it has.
    .advice = Name the repository: its tags can be listed all the same.
unlisted-not-allowed = This registry has a list of its repositories and does not give it to this account.
    .advice = Name the repository: its tags can be listed all the same. An account of an administrator may see the list.
unlisted-needs-namespace = This registry has too many repositories for one list.
    .advice = Say whose: add a user or team after the registry, as in docker.io/library.

## What a tag is that belongs to another image (anatomy::tag::AttachedKind)

attached-referrers = referrers
attached-signature = signature
attached-attestation = attestation
attached-sbom = parts list

## The window: what all lists have in common

browse-path = Where this is
browse-filter = Filter
browse-filter-none = Nothing here has “{ $filter }” in its name.
browse-filter-clear = Clear the filter
browse-stopped = Stopped. What had arrived is shown.
browse-list-all = List all
browse-help = Arrow keys move, Enter opens, letters find a name.
browse-as = Asked as { $account } ({ $from })
browse-as-nobody = Asked without an account
browse-change = Change account
browse-sign-in = Sign in
browse-favourite = Favourite
browse-favourite-of = Favourite: { $name }
browse-copy = Copy name
browse-name = Name
browse-date = Date
browse-description = Description

## The window: repositories of a registry

registry-list = Repositories of { $registry }
registry-reading = { $count ->
        [0] Asking { $registry } which repositories it has.
        [one] { $registry } has told one repository so far.
       *[other] { $registry } has told { $count } repositories so far.
    }
registry-count = { $count ->
        [0] { $registry } shows no repository here.
        [one] { $registry } has one repository.
       *[other] { $registry } has { $count } repositories.
    }
registry-count-part = { $count ->
        [one] { $registry } has more than the one repository shown.
       *[other] { $registry } has more than the { $count } repositories shown.
    }
registry-via = Told by { $via }.
registry-matching = { $count ->
        [0] None matches.
        [one] One matches.
       *[other] { $count } match.
    }
registry-empty = An empty registry, or one that shows this account nothing. A repository can still be named.
registry-namespace = { $registry } lists repositories by namespace: type one.
    .detail = A namespace is a user, a team or an organisation. The official images are in “library”.
registry-unlisted = { $registry } does not list its repositories.
    .detail = That is how it is made, not a fault. Name a repository, and its tags can be listed.
registry-denied = { $registry } does not show its list to this account.
    .detail = Tags can be listed all the same: name a repository. The account of an administrator may see the list.
registry-none-yet = Favourites, and what you open from { $registry }, will stand here.
registry-favourites = Favourites
registry-recent = Opened before
registry-all = All
registry-namespace-box = Namespace
registry-namespace-go = List it
registry-repository-box = Repository
registry-repository-go = List tags

## The window: tags of a repository

repository-list = Tags of { $repository }
repository-reading = { $count ->
        [0] Asking { $registry } for the tags of { $name }.
        [one] { $name }: one tag so far.
       *[other] { $name }: { $count } tags so far.
    }
repository-count = { $newest ->
        [none] { $count ->
            [0] { $name } has no tags.
            [one] { $name } has one tag.
           *[other] { $name } has { $count } tags.
        }
       *[other] { $count ->
            [one] { $name } has one tag, { $newest }.
           *[other] { $name } has { $count } tags, the newest version is { $newest }.
        }
    }
repository-count-part = { $name } has more than the { $count } tags shown.
repository-groups = { $groups ->
        [one] One image has more than one of these names.
       *[other] { $groups } images have more than one of these names.
    }
repository-all-different = Each tag names another image.
repository-names-only = This list gives names only, and not which image each of them names.
repository-digests-unknown = { $count ->
        [one] Which image one of the tags names is not known.
       *[other] Which image { $count } of the tags name is not known.
    }
repository-empty = A repository without tags may hold images that are only known by digest.
repository-order = Order
repository-order-version = By version
repository-order-date = By date
repository-group = Group equal tags
repository-group-cost = { $count ->
        [one] Group equal tags: 1 request
       *[other] Group equal tags: { $count } requests
    }
repository-group-ask = { $count ->
        [one] Ask for one digest?
       *[other] Ask for { $count } digests?
    }
repository-group-free = Each is one HEAD request. It transfers no image and counts as no pull.
repository-group-metered = { $remaining ->
        [none] Each is one HEAD request. { $registry } does not count it as a pull, but limits how many requests come at once.
       *[other] Each is one HEAD request. { $registry } does not count it as a pull ({ $remaining } of { $limit } pulls left), but limits how many requests come at once.
    }
repository-group-all = Ask for all { $count }
repository-group-some = Ask for the first { $count }
repository-group-not-now = Not now
repository-group-progress = { $asked } of { $wanted } digests known
repository-attached = { $count ->
        [one] Show 1 signature or attachment
       *[other] Show { $count } signatures and attachments
    }
repository-attached-of = { $kind ->
        [signature] Signature of { $image }
        [attestation] Attestation of { $image }
        [sbom] Parts list of { $image }
       *[referrers] What refers to { $image }
    }
repository-same = Same image
repository-same-as = same as { $tag }
repository-tag = Tag
repository-digest = Digest
repository-size = Size
repository-platforms = Platforms
repository-scan = Scan
repository-part-failed = The list is not whole.
repository-digests-failed = Not every digest was given.

## The window: ways to a list

sources-favourites = Favourites
sources-browse = Another registry…
sources-accounts = Accounts
first-browse = Browse a registry
first-browse-go = Browse
first-browse-hint = ghcr.io, or docker.io/library
suggest-tags = Tags of { $name }
suggest-repositories = Repositories of { $registry }
status-list = { $kind ->
        [registry] { $count ->
            [one] 1 repository
           *[other] { $count } repositories
        }
       *[repository] { $count ->
            [one] 1 tag
           *[other] { $count } tags
        }
    }
status-list-asked = { $count ->
        [one] 1 request
       *[other] { $count } requests
    }, { $time }
tree-tags = Tags
    .hint = Other tags of { $repository }
tree-attachments = Attachments
    .hint = Look for signatures and attachments in the registry
tree-attachments-looking = Looking for attachments
tree-attachments-found = { $count ->
        [0] No signatures or attachments were found.
        [one] One signature or attachment was found.
       *[other] { $count } signatures and attachments were found.
    }
    .detail = { $count ->
        [0] The registry knows of nothing that refers to this digest.
       *[other] Present, not verified: Kaibo shows what is there and checks no signature.
    }
findings-read-all-ask = Read { $unread } manifests?
findings-read-all-cost = { $left ->
        [none] { $registry } counts each as a pull: { $unread } pulls.
       *[other] { $registry } counts each as a pull: { $unread } pulls, and { $left } are left.
    }
findings-read-all-short = There are fewer pulls left than manifests. When they are used up, nothing more can be pulled for a while, by other programs neither.
findings-read-all-yes = Spend { $unread } pulls
findings-read-all-no = Not now
