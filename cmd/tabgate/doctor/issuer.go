package doctor

import (
	"errors"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/token"
)

// checkIssuers judges who signs the tokens: which issuer is configured or pinned,
// that it says so itself, and that its keys can be fetched.
func checkIssuers(said answers) []Check {
	good, name := said.confirmed(), ""
	if good != nil {
		name = good.issuer
	}
	return []Check{checkDiscovery(said, good), checkPin(said, name), checkKeys(name, said.keys)}
}

// checkPin compares the issuer that has confirmed itself, "" for none, with
// the one that earlier sign-ins trusted.
func checkPin(said answers, name string) Check {
	pinned := said.pin.Issuer
	listed := slices.ContainsFunc(said.issuers, func(d described) bool { return d.issuer == pinned })
	switch {
	case said.pin.err != nil:
		return fail("issuer", "the issuer trusted at the first sign-in cannot be read", "remove "+said.pin.path+" and sign in again, or set COGNITO_ISSUER")
	case len(said.issuers) == 0:
		return ok("issuer", "not known yet; the first sign-in decides and later changes are refused")
	case pinned != "" && !listed:
		return warn("issuer", "configured is "+said.issuers[0].issuer+", but earlier sign-ins trusted "+pinned, "if the user pool was replaced, nothing is to be done; otherwise fix COGNITO_USER_POOL_ID or COGNITO_ISSUER")
	case name == "" && pinned != "" && said.renamed(pinned):
		return fail("issuer", "the issuer trusted at the first sign-in, "+pinned+", now calls itself another",
			"if the user pool was really replaced, remove "+said.pin.path+" and sign in again; else ask its administrator")
	case name == "":
		return warn("issuer", "the issuer could not be confirmed", "fix what the discovery check found first")
	}
	return ok("issuer", name)
}

// checkDiscovery judges what the issuers say of themselves; one that confirms
// itself is enough.
func checkDiscovery(said answers, good *described) Check {
	if len(said.issuers) == 0 {
		return check("discovery", Skip, "neither COGNITO_USER_POOL_ID nor COGNITO_ISSUER is set, and nobody has signed in yet", "")
	}
	if good == nil {
		return refused("discovery", said.issuers[len(said.issuers)-1].err, "check COGNITO_USER_POOL_ID or COGNITO_ISSUER, and that this machine can reach the issuer's host")
	}
	switch {
	case good.NoDomain:
		return fail("discovery", "the user pool has no domain", "create one in the Cognito console"+console(good.issuer)+" under Branding, Domain, and set COGNITO_DOMAIN to it")
	case good.other != nil:
		return refused("discovery", good.other, "take COGNITO_DOMAIN and the issuer from one user pool")
	}
	return ok("discovery", "the issuer names this domain as its own")
}

// console is the address of the Cognito console that an issuer's pool is in,
// in brackets; "" where it is not known.
func console(issuer string) string {
	named, _ := aws.ParseIssuer(issuer)
	if address := aws.Console(named.Region); address != "" {
		return " (" + address + ")"
	}
	return ""
}

// checkKeys judges the fetching of the public keys that tokens are verified with.
func checkKeys(issuer string, err error) Check {
	switch {
	case issuer == "":
		return check("keys", Skip, "the issuer is not confirmed", "")
	case err != nil:
		return refused("keys", err, "check that this machine can reach the issuer's host, through the proxy where there is one")
	}
	return ok("keys", "the issuer's public keys can be used")
}

// refused is a failure at the issuer's host. What its text says to do is the
// fix; one that says nothing gets the given one.
func refused(id string, err error, fix string) Check {
	detail, todo, ok := strings.Cut(err.Error(), "; ")
	if ok {
		fix = todo
	}
	var said *token.Error
	if errors.As(err, &said) && said.Silent {
		return away(id, detail, fix)
	}
	return fail(id, detail, fix)
}
