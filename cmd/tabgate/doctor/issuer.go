package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// issuers checks who signs the tokens: which issuer is configured or pinned,
// that it says so itself, and that its keys can be fetched.
func (e *exam) issuers(ctx context.Context) {
	pinned, path, err := e.pinned()
	candidates := e.Config.Issuers()
	if len(candidates) == 0 && pinned != "" {
		candidates = []string{pinned}
	}
	e.discovery(ctx, candidates)
	switch {
	case err != nil:
		e.add("issuer", Fail, "the issuer trusted at the first sign-in cannot be read", "remove "+path+" and sign in again, or set COGNITO_ISSUER")
	case len(candidates) == 0:
		e.add("issuer", OK, "not known yet; the first sign-in decides and later changes are refused", "")
	case pinned != "" && !slices.Contains(candidates, pinned):
		e.add("issuer", Warn, "configured is "+candidates[0]+", but earlier sign-ins trusted "+pinned, "if the user pool was replaced, nothing is to be done; else mend COGNITO_USER_POOL_ID or COGNITO_ISSUER")
	case e.issuer == "" && pinned != "" && e.changed(ctx, pinned):
		e.add("issuer", Fail, "the issuer trusted at the first sign-in, "+pinned+", now calls itself another",
			"if the user pool was really replaced, remove "+path+" and sign in again; else ask its administrator")
	case e.issuer == "":
		e.add("issuer", Warn, "the issuer could not be confirmed", "mend the discovery check first")
	default:
		e.add("issuer", OK, e.issuer, "")
	}
	e.keys(ctx)
}

// pinned is the issuer that was trusted on first use, "" when there is none.
func (e *exam) pinned() (issuer, path string, err error) {
	if e.StateDir == "" {
		return "", "", nil
	}
	c := e.Config
	account := store.Account{Issuer: c.Issuer, Domain: c.Domain.Scheme + "://" + c.Domain.Host, ClientID: c.ClientID, Profile: c.Profile}
	path = filepath.Join(e.StateDir, "auth", account.Key()+".issuer")
	data, err := store.ReadPrivate(path, 8<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return "", path, nil
	}
	var pin struct {
		Issuer string `json:"issuer"`
	}
	if err == nil {
		err = json.Unmarshal(data, &pin)
	}
	if err == nil && pin.Issuer == "" {
		err = errors.New("it names no issuer")
	}
	return pin.Issuer, path, err
}

// discovery asks each issuer that tokens may name for its own description;
// one that confirms itself is enough.
func (e *exam) discovery(ctx context.Context, candidates []string) {
	if len(candidates) == 0 {
		e.add("discovery", Skip, "neither COGNITO_USER_POOL_ID nor COGNITO_ISSUER is set, and nobody has signed in yet", "")
		return
	}
	var last error
	for _, issuer := range candidates {
		d, err := token.Discover(ctx, e.HTTP, issuer)
		if err != nil {
			last = err
			continue
		}
		e.issuer = issuer
		problems := d.Problems(e.Config.Domain)
		switch {
		case d.NoDomain:
			e.add("discovery", Fail, "the user pool has no domain", "create one in the Cognito console under Branding, Domain, and set COGNITO_DOMAIN to it")
		case len(problems) > 0:
			e.add("discovery", Warn, strings.Join(problems, "; "), "check that COGNITO_DOMAIN and the user pool belong together; a custom domain may be named either way")
		default:
			e.add("discovery", OK, "the issuer describes this user pool", "")
		}
		return
	}
	e.add("discovery", Fail, last.Error(), "check COGNITO_USER_POOL_ID or COGNITO_ISSUER, and that this machine can reach the issuer's host")
}

// changed tells an issuer that answers with another name from one that does
// not answer.
func (e *exam) changed(ctx context.Context, issuer string) bool {
	_, err := token.Discover(ctx, e.HTTP, issuer)
	var refused *token.Error
	return errors.As(err, &refused) && refused.Reason == token.WrongIssuer
}

// keys fetches the public keys that tokens are verified with.
func (e *exam) keys(ctx context.Context) {
	if e.issuer == "" {
		e.skip("the issuer is not confirmed", "keys")
		return
	}
	if err := token.NewKeys(e.HTTP, e.issuer, e.Now).Refresh(ctx); err != nil {
		e.add("keys", Fail, err.Error(), "check that this machine can reach the issuer's host, through the proxy where there is one")
		return
	}
	e.add("keys", OK, "the issuer's public keys can be used", "")
}
