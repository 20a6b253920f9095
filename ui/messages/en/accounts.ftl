# Accounts: where they are, why one is used, signing in. The first part is spoken by both programs.

## Stores for secrets (explorer::StoreState)

store-keychain = Keychain
store-credential-manager = Credential Manager
store-secret-service = Secret Service

## Where an account is (source::CredentialOrigin)

origin-none = no account
origin-session = typed since the start, not kept
origin-keychain = { $store ->
        [keychain] kept by Kaibo in the Keychain
        [credential-manager] kept by Kaibo in the Credential Manager
       *[other] kept by Kaibo in the Secret Service
    }
origin-environment = in the variable { $variable }
origin-file = in the file { $path }
origin-helper = from the helper { $program }
origin-aws = { $profile ->
        [none] from AWS ({ $mechanism })
       *[other] from AWS, profile “{ $profile }” ({ $mechanism })
    }

## Where an account may be (source::LookPlace)

look-place-session = Typed since the start
look-place-keychain = { $store ->
        [keychain] Kaibo’s own accounts in the Keychain
        [credential-manager] Kaibo’s own accounts in the Credential Manager
       *[other] Kaibo’s own accounts in the Secret Service
    }
look-place-variable = The variable { $variable }
look-place-file = The file { $path }
look-place-helper = The helper { $program }, asked for { $server }
look-place-aws = { $profile ->
        [none] AWS
       *[other] AWS, profile “{ $profile }”
    }

## What came of a look (source::LookOutcome)

look-outcome-found = { $account ->
        [none] found, a token without a name
       *[other] found: { $account }
    }
look-outcome-absent = not there
look-outcome-nothing = nothing for this registry
look-outcome-turned-down = { $account ->
        [none] found, but the registry did not take it
       *[other] found: { $account }, but the registry did not take it
    }
look-outcome-skipped = { $why ->
        [replaced] { look-skip-replaced }
        [not-ecr] { look-skip-not-ecr }
       *[found-before] { look-skip-found-before }
    }
look-outcome-failed = { $fault ->
        [no-store] { look-fault-no-store }
        [store-locked] { look-fault-store-locked }
        [store-failed] { look-fault-store-failed }
        [helper-missing] { look-fault-helper-missing }
        [helper-name] { look-fault-helper-name }
        [helper-hung] { look-fault-helper-hung }
        [helper-chattered] { look-fault-helper-chattered }
        [helper-failed] { look-fault-helper-failed }
        [aws-nobody] { look-fault-aws-nobody }
        [aws-sign-in-over] { look-fault-aws-sign-in-over }
        [aws-expired] { look-fault-aws-expired }
        [aws-denied] { look-fault-aws-denied }
        [aws-failed] { look-fault-aws-failed }
       *[unreadable] { look-fault-unreadable }
    }

## Why a place was not looked at (source::LookSkip)

look-skip-found-before = not needed: found before
look-skip-replaced = not looked at: another file was named in its place
look-skip-not-ecr = not looked at: for AWS ECR only

## How a look did not work (source::LookFault)

look-fault-no-store = there is no store for secrets in this session
    .advice = Accounts that are typed are known until Kaibo is closed. On a desktop, a keyring such as GNOME Keyring or KWallet keeps them.
look-fault-store-locked = the store is locked
    .advice = Unlock it, then try again.
look-fault-store-failed = the store did not do what it was asked to
    .advice = Try again. If it stays like this, look at the store with the tool of your system.
look-fault-unreadable = cannot be read or understood
    .advice = It has to be JSON with “auths”. Signing in anew with the tool that wrote it mends it.
look-fault-helper-missing = the program is not on this machine
    .advice = Install the program, or remove the line that names it from the configuration file.
look-fault-helper-name = not run: no helper has such a name
    .advice = Correct the name in the configuration file. A name has letters, digits, “-”, “_” and “.”, and no path.
look-fault-helper-hung = no answer in time, ended
    .advice = The program may be waiting for a password. Run it once in a terminal, or unlock what it keeps its secrets in.
look-fault-helper-chattered = said more than any account is long, ended
    .advice = This is no proper credential helper. Check what the configuration file names.
look-fault-helper-failed = ended with a fault
    .advice = What it said stands here. Run it once in a terminal to see more.
look-fault-aws-nobody = AWS knows nobody here: no keys, no profile, no sign-in
    .advice = Choose a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
look-fault-aws-sign-in-over = the sign-in at AWS is over
    .advice = Sign in to AWS again.
look-fault-aws-expired = the AWS credentials have expired
    .advice = Get new ones where these came from.
look-fault-aws-denied = AWS does not allow this account to get a token
    .advice = Ask for the permission ecr:GetAuthorizationToken.
look-fault-aws-failed = AWS could not be asked
    .advice = Check the region, the network and the proxy.

## How far an account was tested (explorer::Tested), and whether it was kept (explorer::Kept)

tested-taken = The registry took this account.
tested-not-asked = The registry asks nobody for an account, so this one could not be tested.

kept-store = { $store ->
        [keychain] Kept in the Keychain.
        [credential-manager] Kept in the Credential Manager.
       *[other] Kept in the Secret Service.
    }
kept-session = Known until Kaibo is closed.
kept-not-kept = { $why ->
        [locked] { not-kept-locked }
        [too-long] { not-kept-too-long }
        [failed] { not-kept-failed }
       *[no-store] { not-kept-no-store }
    }

not-kept-no-store = Not kept: this session has no store for secrets. Known until Kaibo is closed.
not-kept-locked = Not kept: the store for secrets is locked. Known until Kaibo is closed.
not-kept-too-long = Not kept: the secret is longer than the store can hold. Known until Kaibo is closed.
not-kept-failed = Not kept: the store for secrets failed. Known until Kaibo is closed.

## How a profile of AWS gets its credentials (aws::AwsProfileKind)

aws-profile-keys = keys in a file
aws-profile-sso = sign-in in the browser
aws-profile-assume-role = takes a role
aws-profile-process = asks a program
aws-profile-web-identity = token of a web identity
aws-profile-other = no credentials of its own

### The window

## Accounts page

accounts-title = Accounts
accounts-reading = Looking for accounts
accounts-sentence = { $own ->
        [0] { $found ->
            [0] This machine has no account for a registry.
            [one] Kaibo found one account of another tool.
           *[other] Kaibo found { $found } accounts of other tools.
        }
        [one] { $found ->
            [0] Kaibo has one account of its own.
            [one] Kaibo has one account of its own and found one of another tool.
           *[other] Kaibo has one account of its own and found { $found } of other tools.
        }
       *[other] { $found ->
            [0] Kaibo has { $own } accounts of its own.
            [one] Kaibo has { $own } accounts of its own and found one of another tool.
           *[other] Kaibo has { $own } accounts of its own and found { $found } of other tools.
        }
    }
accounts-detail = Public images need none. Where several fit, the longest name wins, and Kaibo’s own comes first.
accounts-add = Add an account
accounts-store = Secrets are kept in the { $store } of this system, nowhere else.
accounts-store-not = { $store }: { $fault }.
accounts-own = Kaibo’s own
accounts-own-none = None yet. An account is tested before it is kept.
accounts-found = Found with other tools
accounts-found-none = None: neither Docker nor Podman has signed in on this machine.
accounts-found-note = Kaibo only reads these. They are changed with the tool that wrote them.
accounts-aws = AWS profiles
accounts-nameless = Token without a name
accounts-of-helper = The helper has the account
accounts-test = Test
accounts-change = Change
accounts-remove = Remove
accounts-remove-sure = Remove the account for { $key } from Kaibo?
accounts-remove-yes = Remove it
accounts-remove-no = Keep it
accounts-why = Why
accounts-pick-title = Certificate or key
accounts-pick-files = Certificates and keys
accounts-advice-auth-rejected = The password or token may have expired or been taken back. Sign in again, or renew it with the tool that wrote it.
accounts-advice-auth-required = No account was found for this name just now. “Why” shows where Kaibo looked.

## Where Kaibo looked

why-title = Where Kaibo looked
why-looking = Looking
why-none = { $place } is asked without an account: none was found.
why-account = { $place } is asked as { $account } ({ $where }).
why-token = { $place } is asked with a token ({ $where }).
why-searched = { $count ->
        [one] One place where the program was looked for
       *[other] { $count } places where the program was looked for
    }

turned-down = { $used ->
        [none] { $account ->
            [none] The account that was found was not taken; this was read without one.
           *[other] The account “{ $account }” was not taken; this was read without one.
        }
       *[other] { $account ->
            [none] The account that was found first was not taken; this was read as { $used }.
           *[other] The account “{ $account }” was not taken; this was read as { $used }.
        }
    }

## Signing in

sign-in-title = Sign in to { $registry }
sign-in-title-new = Add an account
sign-in-registry = Registry
    .hint = A host such as ghcr.io. With a name after it, as in ghcr.io/team, the account is used below that name only.
sign-in-username = User name
sign-in-kind = What you have
sign-in-kind-password = Password
sign-in-kind-token = Access token
sign-in-kind-identity = Identity token
sign-in-secret-password = Password
sign-in-secret-token = Access token
sign-in-secret-identity = Identity token
sign-in-hint-other = Many registries take an access token in place of the password. It can be limited to reading, and taken back.
sign-in-hint-docker-hub = Make a personal access token with “Read-only” at hub.docker.com, Account settings, Personal access tokens. With two-factor sign-in, only a token works.
sign-in-hint-github = GitHub takes no password here. Make a personal access token (classic) with “read:packages” at github.com, Settings, Developer settings.
sign-in-hint-gitlab = Make a personal, project or deploy token with “read_registry” in GitLab, Settings, Access tokens.
sign-in-hint-quay = Make a robot account in the repository or organization, Robot accounts. Its name looks like team+robot.
sign-in-hint-azure = Use a token of the registry (portal.azure.com, Repository permissions, Tokens) or a service principal. “az acr login --expose-token” prints an identity token.
sign-in-hint-google = Use the name “oauth2accesstoken” with what “gcloud auth print-access-token” prints, or “_json_key” with a whole key file.
sign-in-hint-identity = An OAuth2 refresh token, as “docker login” keeps it for registries with a sign-in in the browser. It needs no user name.
sign-in-show = Show
sign-in-hide = Hide
sign-in-keep = Keep in the { $store }
sign-in-keep-asking = Asking whether this machine can keep it
sign-in-keep-not = Known until Kaibo is closed.
sign-in-keep-no-store = This session has no { $store }, so nothing can be kept. The account is known until Kaibo is closed.
sign-in-keep-store-locked = The { $store } is locked. Until it is unlocked, the account is known until Kaibo is closed.
sign-in-keep-store-failed = The { $store } does not answer. The account is known until Kaibo is closed.
sign-in-missing-registry = Type the registry.
sign-in-missing-username = Type the user name.
sign-in-missing-secret = Type the secret.
sign-in-close = Not now
sign-in-submit = Test and sign in
sign-in-testing = Asking { $registry }
sign-in-done = { $account ->
        [none] Signed in to { $registry }.
       *[other] Signed in to { $registry } as { $account }.
    }
sign-in-finish = Done
sign-in-advice-auth-rejected = Check the user name, and whether this registry takes a token in place of the password. Nothing was kept.
sign-in-advice-auth-required = The registry did not take what was typed as an account. Nothing was kept.
sign-in-advice-access-denied = The account is good and may not read this. Ask the owner for read access, or sign in with another account. Nothing was kept.
sign-in-advice-tls-untrusted = Name the authority’s certificate under “Connection” below. Nothing was sent.
sign-in-advice-client-certificate-wanted = Name the certificate and its key under “Connection” below.
sign-in-advice-realm-not-allowed = If you know that { $realm } belongs to { $registry }, allow it. The account is then sent there.
sign-in-advice-setting-unusable = Choose another file under “Connection” below.
sign-in-advice-unreachable = Check the name of the registry and its port. Nothing was kept.

## What a registry needs beside an account

connection = Connection
connection-special = has settings of its own
connection-title = Connection to { $registry }
connection-about-ca = { $registry } shows a certificate that this machine does not trust. Choose the certificate of the authority that issued it: a file that its operator hands out.
connection-about-client = { $registry } answers only who shows a certificate. Choose yours and its key.
connection-ca = Certificate of its authority (CA)
    .hint = PEM or DER. Trusted for this registry only.
connection-client-certificate = Your own certificate
connection-client-key = Its key
    .hint = Only where the registry asks for a certificate of its clients.
connection-choose = Choose a file: { $what }
connection-choose-file = Choose…
connection-insecure = Trust any certificate of this registry
    .warning = Whoever stands between you and this registry can pretend to be it, and gets the account. The authority’s certificate is the safe way.
connection-plain-http = Plain HTTP, without TLS
    .warning = Anybody on the way can read and change everything, the password too.
connection-kept = Kept for { $registry }, and used from the next question on.
connection-save = Save and try again
connection-advice-setting-unusable = Choose another file. Nothing was changed.

## AWS

aws-title = Sign in to AWS
aws-about = Amazon ECR takes AWS credentials in place of a password. Kaibo gets a token for twelve hours with them and keeps it in memory only.
aws-profile = AWS profile
aws-profile-none = As AWS is set up here
    .detail = variables, “default”, role of the machine
aws-no-profiles = There is no profile in ~/.aws/config or ~/.aws/credentials.
aws-environment = Keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are used when Kaibo was started with them. A double-click does not pass on the variables of a terminal.
aws-browser-next = The next step opens in your browser: AWS shows a code there, and you compare it with the one here.
aws-browser-done = The sign-in still holds.
aws-signed-in-until = signed in until { DATE($at) }
aws-signed-out = not signed in
aws-sign-in = Sign in in the browser
aws-sign-in-profile = Sign in in the browser as { $profile }
aws-test = Test and use
aws-starting = Asking AWS for a code
aws-done = { $profile ->
        [none] Signed in to AWS.
       *[other] Signed in to AWS with the profile { $profile }.
    }
aws-password = I have a user name and a password
aws-code-about = Compare this code with the one that AWS shows in the browser. Confirm there only if they are the same.
aws-code = Code
aws-code-open = Open the page
aws-code-copy-address = Copy the address
aws-code-waiting = Waiting for you to confirm in the browser
aws-code-left = { $minutes }:{ $seconds } left
aws-page-advice-internal = No browser could be opened. Copy the address and open it yourself.
aws-advice-aws-nobody = Choose a profile, or start Kaibo with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set.
aws-advice-aws-sign-in-needed = Sign in in the browser, and Kaibo goes on by itself.
aws-advice-aws-sign-in-denied = If that was not meant, sign in again and compare the code before you confirm.
aws-advice-aws-sign-in-expired = Sign in again; a code holds for about ten minutes.
aws-advice-aws-expired = Choose another profile, or get new credentials where these came from.
