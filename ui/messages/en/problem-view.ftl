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
problem-view-allow-realm-kept = Allow { $realm } for this registry
problem-view-sign-in = Sign in to { $registry }
problem-view-aws-sign-in = Sign in to AWS
problem-view-aws-profile = Choose a profile
problem-view-ca = Choose the authority’s certificate…
problem-view-client-certificate = Choose your certificate…
problem-view-probe = Probe this reference
problem-view-why = Where Kaibo looked
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
problem-view-advice-tls-untrusted = Ask the registry’s operator for the authority’s certificate, then choose it here. A certificate in Docker’s “certs.d” folder is used too.
problem-view-advice-tls-not-spoken = Over plain HTTP anybody on the way can read and change what is sent. Ask that way only if you know that this registry is meant to be plain.
problem-view-advice-auth-required = Sign in here. An account that Docker or Podman keeps would have been used.
problem-view-advice-auth-rejected = The password or token may have expired or been taken back. Sign in again.
problem-view-advice-auth-expired = Sign in to { $registry } again.
problem-view-advice-client-certificate-wanted = Choose the certificate and its key here. Files in Docker’s “certs.d” folder are used too.
problem-view-advice-aws-nobody = Choose a profile of AWS, or start Kaibo with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set.
problem-view-advice-aws-sign-in-needed = Sign in in the browser, and Kaibo goes on by itself.
problem-view-advice-aws-sign-in-denied = If that was not meant, sign in again and compare the code before you confirm.
problem-view-advice-aws-sign-in-expired = Sign in again; a code holds for about ten minutes.
problem-view-advice-aws-expired = Choose another profile, or get new credentials where these came from. Temporary keys hold for some hours.
problem-view-advice-aws-failed = Check the region of the profile, the network and the proxy, then try again.
problem-view-advice-store-failed = Unlock it, then try again. Accounts that are typed are known until Kaibo is closed.
problem-view-advice-account-unknown = It may have been removed meanwhile. The accounts page shows what is kept.
problem-view-advice-credentials-unreadable = It has to be JSON with “auths”. Sign in anew with the tool that wrote it, or sign in here.
problem-view-advice-setting-unusable = Choose another file or value.
problem-view-advice-realm-not-allowed = If you know that { $realm } belongs to { $registry }, allow it. The account is then sent there.
problem-view-advice-offline = Connect to the network, then try again. What is read is kept for the next time.
problem-view-advice-budget-exceeded = Nothing was asked. Open a part of it instead of everything.
problem-view-advice-tag-needed = Choose one.
problem-view-advice-tag-absent = These are here.
problem-view-advice-sample-unknown = These are here.
problem-view-advice-path-not-found = Check the path, or choose the file again.
