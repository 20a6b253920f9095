#!/bin/sh
# Makes the layout `comp`: one small image, compressed in five ways.
#
#   make-comp.sh ARCHIVE DIRECTORY
#
# ARCHIVE is what `docker save` of an engine before 25 wrote: its layers are plain tars, so that
# every layer is compressed anew and no tag keeps the compression of a registry. Compressors change
# from version to version: running this again gives other layer digests, and the same diffIDs.
set -eu
archive=$1
layout=$2/comp

copy() {
    skopeo copy --dest-compress-format "$2" --dest-compress-level "$3" \
        "docker-archive:$archive" "oci:$layout:$1"
}

copy gzip gzip 6
copy gzip1 gzip 1
copy zstd zstd 3
copy zstdL19 zstd 19
copy zstdchunked zstd:chunked 3
