# How the window speaks of a problem, beside the sentences of problems.ftl.

problem-view-tried = What was tried, in order
problem-view-no-answer = no answer
problem-view-status = status { $status }
problem-view-status-200 = answered
problem-view-status-401 = wants an account (401)
problem-view-status-403 = refused (403)
problem-view-status-404 = not there (404)
problem-view-status-429 = too many requests (429)
problem-view-status-500 = failed (500)
problem-view-status-502 = failed behind a gateway (502)
problem-view-status-503 = not available (503)
problem-view-home = Open something else
problem-view-details = Details for a report
problem-view-choices = Images to choose from
problem-view-choices-left = { $count ->
        [one] One more can be typed above.
       *[other] { $count } more can be typed above.
    }
problem-view-allow-realm = Allow { $realm } this time
problem-view-plain-http = Ask { $host } over plain HTTP
problem-view-earlier = Open the earlier copy
problem-view-still-picture = What was read until then stays on screen.
problem-view-still-local = Samples and files on this machine open without a network.
problem-view-still-public = Samples, files on this machine and public images open without an account.

## Sentences in the window's own words, where the terminal's name its options

problem-view-sentence-offline = No earlier copy of { $reference } is at hand.

## Advice in the window's own words, where the terminal's names its options

problem-view-advice-name-not-resolved = Check the spelling, the network and the VPN.
problem-view-advice-timed-out = Try again. If it stays like this, the registry or a proxy on the way is overloaded.
problem-view-advice-tls-untrusted = Ask for the authority’s certificate. Put it in Docker’s “certs.d” folder for this registry, or name it in SSL_CERT_FILE before Kaibo starts.
problem-view-advice-tls-not-spoken = Over plain HTTP anybody on the way can read and change what is sent. Ask that way only if you know that this registry is meant to be plain.
problem-view-advice-auth-required = Run “docker login { $registry }” in a terminal, then try again. Kaibo reads the account that Docker keeps.
problem-view-advice-realm-not-allowed = If you know that { $realm } belongs to { $registry }, allow it. The account is then sent there, for this image and this time only.
problem-view-advice-offline = Connect to the network, then try again. What is read is kept for the next time.
problem-view-advice-tag-needed = Choose one.
problem-view-advice-tag-absent = These are here.
problem-view-advice-sample-unknown = These are here.
problem-view-advice-path-not-found = Check the path, or choose the file again.
