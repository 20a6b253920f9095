### Lists in the terminal: repos, tags.

## Commands and their arguments

cli-repos = List the repositories of a registry, where it tells them
cli-repos-registry = The registry, or a namespace in it: registry.example:5000, docker.io/library
cli-repos-limit = Stop after so many repositories

cli-tags = List the tags of a repository
cli-tags-repository = The repository: alpine, ghcr.io/owner/app
cli-tags-digests = Ask for the digest of every tag whose list does not say it: one HEAD each, which no registry counts as a pull
cli-tags-budget = Ask for so many digests at most (otherwise 100 where requests are counted, all elsewhere)
cli-tags-match = Only tags like this: “*” is anything, “?” any one character
cli-tags-sort = version: newest version first (the default). date: newest first. name: by letters
cli-tags-all = Show also the tags that belong to another image: signatures, build records, parts lists

## Both

cli-list-requests = Told by { $via }: { $requests }.
cli-list-incomplete = The list is not complete: there is more.

## repos

cli-repos-count = { $count ->
        [0] No repositories.
        [one] 1 repository
       *[other] { $count } repositories
    }
cli-repos-column-name = REPOSITORY
cli-repos-column-date = DATE
cli-repos-column-about = ABOUT

## tags

cli-tags-count = { $count ->
        [0] No tags.
        [one] 1 tag
       *[other] { $count } tags
    }
cli-tags-count-match = { $count ->
        [0] No tag is like “{ $pattern }”
        [one] 1 tag is like “{ $pattern }”
       *[other] { $count } tags are like “{ $pattern }”
    }; { $total ->
        [one] 1 was listed
       *[other] { $total } were listed
    }.
cli-tags-column-tag = TAG
cli-tags-column-digest = DIGEST
cli-tags-column-group = SAME
cli-tags-column-size = SIZE
cli-tags-column-date = DATE
cli-tags-column-platforms = PLATFORMS
cli-tags-column-scan = SCAN
cli-tags-column-for = BELONGS TO
cli-tags-for = { $kind } of { DIGEST($digest) }
cli-tags-groups = The same image under several tags
cli-tags-groups-more = { $count ->
        [one] 1 more group
       *[other] { $count } more groups
    }
cli-tags-hidden = { $count ->
        [one] 1 tag belongs to another image (a signature, a build record or the like)
       *[other] { $count } tags belong to other images (signatures, build records and the like)
    }; “--all” shows { $count ->
        [one] it
       *[other] them
    }.
cli-tags-no-digests = { $count ->
        [one] The list does not say the digest of 1 tag
       *[other] The list does not say the digests of { $count } tags
    }; “--digests” asks for { $count ->
        [one] it
       *[other] them
    }, one HEAD each.
cli-tags-budget-spent = { $count ->
        [one] The digest of 1 tag is not known
       *[other] The digests of { $count } tags are not known
    }: over the budget, or not given. “--budget N” allows more.
cli-tags-quota = { $left ->
        [one] 1 pull left
       *[other] { $left } pulls left
    }{ $limit ->
        [none] .
       *[other] { " " }of { $limit }.
    }

cli-progress-list = { $count } so far
cli-progress-digests = { $read } of { $wanted } digests · { SIZE($bytes) }
