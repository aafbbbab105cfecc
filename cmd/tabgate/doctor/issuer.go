package doctor

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// issuers judges who signs the tokens: which issuer is configured or pinned,
// that it says so itself, and that its keys can be fetched.
func (e *exam) issuers(said answers) {
	good, name := said.confirmed(), ""
	if good != nil {
		name = good.issuer
	}
	e.discovery(said, good)
	pinned := said.pin.Issuer
	listed := slices.ContainsFunc(said.issuers, func(d described) bool { return d.issuer == pinned })
	switch {
	case said.pin.err != nil:
		e.add("issuer", Fail, "the issuer trusted at the first sign-in cannot be read", "remove "+said.pin.path+" and sign in again, or set COGNITO_ISSUER")
	case len(said.issuers) == 0:
		e.add("issuer", OK, "not known yet; the first sign-in decides and later changes are refused", "")
	case pinned != "" && !listed:
		e.add("issuer", Warn, "configured is "+said.issuers[0].issuer+", but earlier sign-ins trusted "+pinned, "if the user pool was replaced, nothing is to be done; otherwise fix COGNITO_USER_POOL_ID or COGNITO_ISSUER")
	case name == "" && pinned != "" && said.renamed(pinned):
		e.add("issuer", Fail, "the issuer trusted at the first sign-in, "+pinned+", now calls itself another",
			"if the user pool was really replaced, remove "+said.pin.path+" and sign in again; else ask its administrator")
	case name == "":
		e.add("issuer", Warn, "the issuer could not be confirmed", "fix what the discovery check found first")
	default:
		e.add("issuer", OK, name, "")
	}
	e.keys(name, said.keys)
}

// pin is the issuer that was trusted on first use.
type pin struct {
	Issuer string `json:"issuer"` // "" when there is none
	path   string // its file
	err    error  // why it cannot be read
}

// account is whose session the settings lead to.
func (e *exam) account() store.Account {
	c := e.Config
	return store.Account{Issuer: c.Issuer, Domain: c.Domain.Scheme + "://" + c.Domain.Host, ClientID: c.ClientID, Profile: c.Profile}
}

func (e *exam) pinned() (p pin) {
	if e.StateDir == "" {
		return pin{}
	}
	p.path = filepath.Join(e.StateDir, "auth", e.account().Key()+".issuer")
	data, err := store.ReadPrivate(p.path, 8<<10)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p
	case err == nil:
		err = json.Unmarshal(data, &p)
	}
	if err == nil && p.Issuer == "" {
		err = errors.New("it names no issuer")
	}
	p.err = err
	return p
}

// discovery judges what the issuers say of themselves; one that confirms
// itself is enough.
func (e *exam) discovery(said answers, good *described) {
	if len(said.issuers) == 0 {
		e.add("discovery", Skip, "neither COGNITO_USER_POOL_ID nor COGNITO_ISSUER is set, and nobody has signed in yet", "")
		return
	}
	if good == nil {
		e.refused("discovery", said.issuers[len(said.issuers)-1].err, "check COGNITO_USER_POOL_ID or COGNITO_ISSUER, and that this machine can reach the issuer's host")
		return
	}
	switch {
	case good.NoDomain:
		e.add("discovery", Fail, "the user pool has no domain", "create one in the Cognito console"+console(good.issuer)+" under Branding, Domain, and set COGNITO_DOMAIN to it")
	case good.other != nil:
		e.refused("discovery", good.other, "take COGNITO_DOMAIN and the issuer from one user pool")
	default:
		e.add("discovery", OK, "the issuer names this domain as its own", "")
	}
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

// renamed tells an issuer that answers with another name from one that does
// not answer.
func (a *answers) renamed(issuer string) bool {
	for _, d := range a.issuers {
		var refused *token.Error
		if d.issuer == issuer && errors.As(d.err, &refused) && refused.Reason == token.WrongIssuer {
			return true
		}
	}
	return false
}

// keys judges the fetching of the public keys that tokens are verified with.
func (e *exam) keys(issuer string, err error) {
	switch {
	case issuer == "":
		e.skip("the issuer is not confirmed", "keys")
	case err != nil:
		e.refused("keys", err, "check that this machine can reach the issuer's host, through the proxy where there is one")
	default:
		e.add("keys", OK, "the issuer's public keys can be used", "")
	}
}

// refused is a failure at the issuer's host. What its text says to do is the
// fix; one that says nothing gets the given one.
func (e *exam) refused(id string, err error, fix string) {
	detail, todo, ok := strings.Cut(err.Error(), "; ")
	if ok {
		fix = todo
	}
	var said *token.Error
	if errors.As(err, &said) && said.Silent {
		e.away(id, detail, fix)
		return
	}
	e.add(id, Fail, detail, fix)
}
