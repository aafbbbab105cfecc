package main

import "github.com/authtabs/tabgate/cmd/tabgate/config"

const notConfigured = "no user pool is configured: try `tabgate demo`, write a config file with `tabgate config init`, or set COGNITO_DOMAIN and CLIENT_ID"

var errNotSignedIn = fail(exitNotSignedIn, "you are not signed in; run tabgate login")

// unconfigured is why there is no user pool to sign in to.
func unconfigured(f config.Folder) error {
	switch f.State {
	case config.Wrong:
		return f.Err
	case config.Waiting:
		return fail(exitConfig, f.Why()+" (in scripts tabgate trust --yes), or name a file of your own with --env-file FILE")
	case config.Refused:
		return fail(exitConfig, f.Why()+", or name a file of your own with --env-file FILE")
	}
	return fail(exitConfig, notConfigured)
}

// undecided reports whether a sign-in of .env would count if the user said yes.
func undecided(cfg config.Config) bool {
	return cfg.Folder.State == config.Waiting || cfg.Folder.State == config.Refused
}

// notSignedIn is what a command says where nobody is signed in: a sign-in of .env
// that does not count is as good as none.
func notSignedIn(f config.Folder) error {
	switch f.State {
	case config.Waiting, config.Refused:
		return fail(exitNotSignedIn, "not signed in ("+f.Why()+")")
	case config.Used:
		return fail(exitNotSignedIn, "not signed in ("+f.Why()+"); run tabgate login")
	}
	return errNotSignedIn
}
