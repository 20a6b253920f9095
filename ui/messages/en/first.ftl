# The first screen: what to do with an empty window.

first-title = See what a container image is made of.
first-detail = Name one above, drop a file here, or start with a sample: no network, no account.
first-open-file = Open a file
    .hint = a “docker save” or OCI archive
first-open-folder = Open a folder
    .hint = an OCI image layout
first-samples = Samples, inside the program
first-samples-reading = Reading the list of samples
first-recent = Recent
first-recent-none = What you open will stand here.
first-recent-forget = Forget all
first-recent-images = { $images ->
        [one] 1 platform
       *[other] { $images } platforms
    }
first-sample-open = Open sample { $name }

first-sample-hello = One tag, three platforms
    .lesson = Why it lists “unknown”
first-sample-multi = Windows in the list, too
    .lesson = Who takes which entry
first-sample-single = A tag without an index
    .lesson = One manifest, no choice
first-sample-list = Docker’s older list
    .lesson = Other words, the same tree
first-sample-fam = Ten tags, one base
    .lesson = How little each release adds
first-sample-comp = Same files, five packings
    .lesson = Why their digests are unequal
first-sample-artifacts = Not an image at all
    .lesson = A Helm chart, same envelope
first-sample-epoch0 = “56 years ago”
    .lesson = An image with no build date
first-sample-referrers = Pointed at from outside
    .lesson = Signatures and parts lists

first-picture-no-date = no build date
first-picture-no-date-2 = recorded
first-picture-chart = chart
first-picture-signature = signature

first-words = Eight words
first-words-detail = They are enough to read any image. Each has one sign and one colour, the same in every view.
first-word-tag = a name that can move
first-word-index = one line for each platform
first-word-manifest = the parts list of one platform
first-word-config = how it runs, when it was built
first-word-layer = an archive of files
first-word-attestation = how it was built; not runnable
first-word-artifact = anything but an image
first-word-missing = named, but not there
first-marks = The small shapes
    .detail = Each digest is also drawn as a mark. Equal digests always look the same.
first-marks-same = same bytes
first-marks-other = other bytes
