# The frame of the window and the Tree view.

app-name = Kaibo
close = Close
cancel = Cancel
copy = Copy
copied = Copied
copy-refused = Not copied: the clipboard refused
again = Try again

## Top bar

top-home = Kaibo: first screen
top-back = Back
top-forward = Forward
top-reference = Image name
top-reference-hint = Paste an image name, a digest or the path of a file
top-suggestions = Names opened before, and samples
top-open = Open
top-settings = Settings
top-sources = Sources
top-inspector = Inspector
top-from-link = A link filled this in. Nothing is fetched until you press Enter.
top-from-link-host = A link filled this in: { $host }. Nothing is asked there until you press Enter.

## Sources

sources-label = Where images come from
sources-open = Open
sources-open-file = A file…
sources-open-folder = A folder…
sources-samples = Samples, offline
sources-registries = Registries
sources-files = Files
sources-tags = { $count ->
        [one] 1 tag
       *[other] { $count } tags
    }

## Status bar

status-label = State
status-idle = Offline works: nothing leaves this machine until you name a registry.
status-reading = Reading { $reference }
status-verified = { $verified ->
        [one] The one document read is verified
       *[other] All { $verified } documents verified
    }
status-verified-unread = { $verified } verified, { $unread } not read
status-broken = { $broken ->
        [one] 1 part missing or unreadable
       *[other] { $broken } parts missing or unreadable
    }
status-cancelled = Stopped
status-failed = Not opened
status-sample = Inside the program, no requests
status-file = Read from this machine, no requests
status-requests = { $count ->
        [one] 1 request
       *[other] { $count } requests
    }, { SIZE($bytes) }, { $time }
status-earlier = An earlier copy, from { DATE($at) }; the registry was not asked
status-cache = Documents from an earlier look; only the tag was asked again
status-account = As { $account }
status-anonymous = No account
status-waiting = { $host } asks to wait { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    } ({ $status })
status-quota = { $limit ->
        [0] { $remaining } pulls left
       *[other] { $remaining } of { $limit } pulls left
    }
status-warning = { $host } warns: { $text }
status-stored = { SIZE($bytes) } in all

## View

view-label = View
view-tree = Tree
view-outline = Outline
view-picture = Picture
view-fit = Fit
view-zoom-in = Larger
view-zoom-out = Smaller
view-zoom = { $percent } %

## Tree

tree-label = Tree of { $reference }
tree-help = Arrow keys move, right unfolds, left folds. Letters find a part.
tree-download = { $images ->
        [one] A machine downloads { SIZE($bytes) }.
       *[other] A machine downloads only its own line: about { SIZE($bytes) }.
    }
tree-download-range = A machine downloads only its own line: { SIZE($least) } to { SIZE($most) }.
tree-single-detail = Every machine gets this one image, whatever its processor. It downloads { SIZE($bytes) }.
tree-artifact-detail = Same envelope as an image, other content: { SIZE($bytes) } in all. It cannot run.
tree-stored-detail = { SIZE($bytes) } in all.
tree-asking = Asking { $place }
tree-opening = Opening { $place }
tree-reading = Read { SIZE($read) } of { SIZE($known) }
tree-reading-documents = Documents read: { $read } of { $wanted }
tree-stopped = Stopped. What had arrived is shown.
tree-stopped-empty = Stopped before anything arrived.
tree-part-problem = This part could not be read.

tree-tag-note = a name that can move
tree-tag-file = a file
tree-tag-in-file = a name in this file
tree-tag-digest = by digest
tree-index = Index
tree-index-entries = { $images ->
        [one] 1 platform
       *[other] { $images } platforms
    }
tree-index-entries-records = { $images ->
        [one] 1 platform
       *[other] { $images } platforms
    }, { $records ->
        [one] 1 build record
       *[other] { $records } build records
    }
tree-index-records = { $records ->
        [one] 1 build record
       *[other] { $records } build records
    }
tree-index-empty = lists nothing
tree-manifest = Manifest
tree-no-platform = No platform named
tree-config = Config
tree-config-note = run settings, image ID
tree-layer = Layer { $number }
tree-blob = Content
tree-statement = Statement
tree-record = Build record
tree-record-note = not runnable
tree-artifact = Artifact
tree-referrer = Referrer
tree-referrer-note = points at this image
tree-unknown = Unknown document
tree-missing = Missing
tree-missing-note = named, but not there
tree-unread = not read
tree-read-this = Read this one
tree-reading-part = reading
tree-different = other bytes than named
tree-more = { $left ->
        [one] 1 more entry
       *[other] { $left } more entries
    }
tree-more-note = show the next ones
tree-users = ×{ $users }
tree-users-long = { $users ->
        [one] in one image
       *[other] shared by { $users } images
    }
tree-folded = { $layers ->
        [0] Config
        [one] Config, 1 layer
       *[other] Config, { $layers } layers
    }
tree-folded-records = { $layers ->
        [0] Config, build record
        [one] Config, 1 layer, build record
       *[other] Config, { $layers } layers, build record
    }
tree-folded-long = folded
tree-unfold = Unfold
tree-fold = Fold

outline-part = Part
outline-what = What it is
outline-size = Size
outline-digest = Digest
outline-state = State

findings-label = What is worth knowing
findings-records = { $records ->
        [one] The “unknown/unknown” entry is a build record.
       *[other] The { $records } “unknown/unknown” entries are build records.
    }
    .detail = { $records ->
        [one] It is shown under the platform that it describes.
       *[other] Each is shown under the platform that it describes.
    }
findings-unread = { $unread ->
        [one] 1 manifest was not read, because this registry counts reads.
       *[other] { $unread } manifests were not read, because this registry counts reads.
    }
    .detail = { $left ->
        [none] Unfold a platform to read it.
       *[other] { $left } pulls left. Unfold a platform to read it.
    }
findings-read-all = Read all
findings-times = { $times ->
        [one] once
       *[other] { $times } times
    }
findings-show = Show
findings-all = { $count ->
        [one] Show 1 more
       *[other] Show { $count } more
    }
findings-fewer = Show fewer

## Artifacts by the type of their settings (anatomy::MediaName), where the settings' own name would mislead

artifact-docker-plugin-config = Docker plugin
artifact-helm-config = Helm chart
artifact-flux-config = Flux manifests bundle
artifact-opa-config = OPA policy
artifact-wasm-config = WebAssembly component
artifact-wasm-config-early = WebAssembly module
artifact-singularity-config = Singularity image
artifact-modelpack-config = AI model (ModelPack)
