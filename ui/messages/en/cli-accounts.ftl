### Accounts in the terminal: login, logout, accounts.

## Commands and their arguments

cli-login = Sign in to a registry: test the account, then keep it in the system’s store for secrets
cli-login-registry = The registry, or a part of it: ghcr.io, ghcr.io/team, 123456789012.dkr.ecr.eu-west-1.amazonaws.com
cli-login-username = The account; asked for on a terminal. Without it, a registry of AWS ECR is signed in to through AWS
cli-login-password-stdin = Read the password from standard input
cli-login-token-stdin = Read an identity token (an OAuth2 refresh token) from standard input
cli-login-repository = Test by reading this repository, such as team/app
cli-login-no-keep = Test only: keep neither the account nor anything else
cli-login-aws-profile = Use this profile of AWS for the registry from now on, and sign in in the browser where it wants that
cli-login-ca = Trust this certificate authority (PEM) for this registry, from now on
cli-login-allow-realm = Let this host give tokens for the registry, from now on; can be repeated
cli-login-password = Not taken: see the sentence that “-p” gives

cli-logout = Forget the account that Kaibo keeps for a registry
cli-logout-registry = The registry, or the part of it, as “kaibo accounts” shows it

cli-accounts = List the accounts that this machine has, Kaibo’s own and those of other tools
cli-accounts-why = Tell with which account a place is asked and where Kaibo looks for it: ghcr.io, ghcr.io/team/app

## Asking for an account

cli-login-ask-username = User name for { $registry }:
cli-login-ask-password = Password of { $account } at { $registry } (not shown):

cli-usage-login-password = A password is never an argument: every program on this machine can read arguments, and shells keep them.
    .advice = Leave “-p” out and type the password when asked, or send it with “--password-stdin”.
cli-usage-login-extra = “login” takes the registry and no other word: a password or token is never an argument.
    .advice = Type the password when asked, or send it with “--password-stdin”.
cli-usage-login-no-terminal = Nobody can be asked: standard input is no terminal.
    .advice = Name the account with “-u USER” and send its password with “--password-stdin”.
cli-usage-login-terminal = Standard input is a terminal: what is typed there would be seen.
    .advice = Leave out “{ $argument }” to be asked unseen, or send the secret through a pipe or a file.
cli-usage-login-username = “--password-stdin” does not say whose password it is.
    .advice = Name the account with “-u USER”. An identity token without a name goes with “--token-stdin”.
cli-usage-login-empty = Nothing came: the secret is empty.
    .advice = Send the secret through standard input, on one line.
cli-usage-login-long = What came is far too long for a secret, or no text.
    .advice = Send the secret alone through standard input, on one line.
cli-usage-login-not-ecr = “--aws-profile” is for registries of AWS ECR, and { $registry } is none.
    .advice = Leave it out and name the account with “-u USER”.

## login, logout

cli-login-done = { $account ->
        [none] Signed in to { $key } with a token.
       *[other] Signed in to { $key } as { $account }.
    }
cli-login-tested = { $account ->
        [none] The token for { $key } is good.
       *[other] The account { $account } for { $key } is good.
    }
cli-login-open = { $key } asks nobody for an account.
cli-login-aws = { $profile ->
        [none] AWS gives tokens for { $key }.
       *[other] AWS gives tokens for { $key }, with the profile { $profile }.
    }

cli-login-found = { $account ->
        [none] { $key } takes a token that was found before AWS was asked: { $origin }.
       *[other] { $key } takes { $account }, an account that was found before AWS was asked: { $origin }.
    }

cli-tested-taken = Tested: the registry took the account.
cli-tested-not-asked = Not tested: this registry lets everybody in, so it says nothing about the account. “--repository NAME” tests with a repository that is closed.
cli-tested-aws = Tested: AWS gave a token, and the registry took it.

cli-kept-store = Kept in the { $store }. “kaibo logout { $key }” forgets it.
cli-kept-session = Not kept, as was asked: the next command does not know it.
cli-kept-aws = Nothing was kept but the choice: tokens of AWS stay in memory, and every command gets its own.
cli-kept-not-kept = Not kept: { $why ->
        [locked] the { $store } is locked, and nobody unlocked it.
        [too-long] the secret is longer than the { $store } can hold.
        [failed] the { $store } failed.
       *[no-store] this session has no { $store }.
    } The next command does not know this account.
    .advice = { $why ->
        [locked] Unlock it and sign in again, or use “docker login” or “podman login”: Kaibo reads their files.
       *[other] Use “docker login” or “podman login”: Kaibo reads their files. Or name such a file with “--authfile FILE”.
    }
cli-remembered-ca = Remembered for { $registry }: its certificate authority is { $path }.
cli-remembered-realm = Remembered for { $registry }: { LIST($hosts) } may give its tokens.
cli-remembered-aws-profile = Remembered for { $registry }: the AWS profile { $profile }.

cli-logout-done = Forgotten: the account that Kaibo kept for { $key }.
cli-logout-rest = Accounts of other tools are untouched; “kaibo accounts” lists them.

cli-aws-open = Open this address in a browser, on any machine:
cli-aws-compare = and confirm only if it shows this code:
cli-aws-waiting = Waiting for you to confirm in the browser, { $minutes } min at most. Ctrl-C stops.

## accounts

cli-accounts-none = No account was found on this machine.
cli-accounts-start = Sign in with: kaibo login REGISTRY
cli-accounts-column-key = FOR
cli-accounts-column-account = ACCOUNT
cli-accounts-column-where = WHERE
cli-accounts-nameless = (no name)
cli-accounts-store = Kaibo keeps its own accounts in the { $store }.
cli-accounts-store-fault = Kaibo cannot keep accounts here: { $fault } ({ $store }).
cli-accounts-store-none = “kaibo login” tests an account and cannot keep it here. “docker login” and “podman login” keep it in a file that Kaibo reads.
cli-accounts-aws = AWS profiles
cli-accounts-aws-role = role { $role }
cli-accounts-aws-until = signed in until { $until }

cli-why-account = { $account ->
        [none] { $place } is asked with a token.
       *[other] { $place } is asked as { $account }.
    }
cli-why-nobody = { $place } is asked without an account.
cli-why-where = It is { $origin }.
cli-why-looks = Where Kaibo looked, in order
cli-why-said = it said: { $said }
cli-why-searched = looked for in: { LIST($places) }
cli-why-login = Sign in with: kaibo login { $place }

cli-note-turned-down = { $account ->
        [none] { $registry } turned down the token that was found ({ $origin }); it was asked again without an account.
       *[other] { $registry } turned down the account { $account } ({ $origin }); it was asked again without an account.
    }
