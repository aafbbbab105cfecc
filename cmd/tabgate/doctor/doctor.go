// Package doctor looks for what keeps a sign-in from working and names the
// fix for each finding. It signs nobody in, changes nothing, and knows no
// screen.
package doctor

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// Status is the verdict of one check.
type Status string

// The verdicts: Warn is worth knowing and stops nobody, Skip was not looked
// at because something before it failed or does not apply.
const (
	OK   Status = "ok"
	Warn Status = "warn"
	Fail Status = "fail"
	Skip Status = "skip"
)

// Check is one line of the report, in the shape of `doctor --json`. Detail
// and Fix are cleaned, one line each; Fix is "" where there is nothing to do.
type Check struct {
	ID     string `json:"id"`
	Status Status `json:"status"`
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
}

// Healthy reports whether no check failed.
func Healthy(checks []Check) bool {
	for _, c := range checks {
		if c.Status == Fail {
			return false
		}
	}
	return true
}

// Terminal is what the program knows of the terminal that it runs on.
type Terminal struct {
	TTY           bool // both input and output
	Width, Height int  // cells; 0 when unknown
	Name          string
	Colours       string // "truecolor", "256", "16", "none"
	UTF8          bool
}

// Deps are what the checks look at.
type Deps struct {
	Config    config.Config
	ConfigErr error        // what loading it said
	Path      string       // of the config file
	HTTP      *http.Client // of cognito.HTTPClient; follows no redirect
	HTTPErr   error        // what making it said
	Store     store.Store  // the chosen one
	StoreErr  error        // what making it said
	StateDir  string       // where the issuer is pinned
	Env       func(string) string
	Now       func() time.Time
	Terminal  Terminal
}

// exam is one run. The fields below the first are findings that later checks
// build on.
type exam struct {
	Deps
	checks []Check

	client    *cognito.Client
	reached   bool      // the user pool domain answers
	proxied   bool      // the failure is the proxy's
	remote    time.Time // the domain's clock, zero when unknown
	clientBad bool      // the app client or its secret is not right
	issuer    string    // the one that discovery confirmed, or "" for none
}

// Run makes every check, in the order that a person would mend what they
// find. It takes as long as the network lets it, at most 15 s for a request.
func Run(ctx context.Context, d Deps) []Check {
	e := &exam{Deps: d}
	e.config()
	if e.client != nil {
		e.pool(ctx)
	} else {
		e.skip("there is no configuration to check with",
			"domain", "discovery", "issuer", "keys", "client", "secret", "redirect", "scope", "sign-out", "ports")
	}
	e.browser()
	e.keyring(ctx)
	e.clock()
	e.proxy()
	e.terminal()
	return e.checks
}

// pool makes the checks that ask the user pool. The ports of the redirect
// addresses are looked at here too, for they are of no use without one.
func (e *exam) pool(ctx context.Context) {
	first := e.domain(ctx)
	e.issuers(ctx)
	if e.reached {
		e.appClient(ctx, first)
		e.redirects(ctx, first)
		e.signOut(ctx)
	} else {
		e.skip("the domain could not be asked", "client", "secret", "redirect", "scope", "sign-out")
	}
	e.ports(ctx)
}

func (e *exam) add(id string, status Status, detail, fix string) {
	e.checks = append(e.checks, Check{ID: id, Status: status, Detail: session.Clean(detail, 400), Fix: session.Clean(fix, 400)})
}

func (e *exam) skip(why string, ids ...string) {
	for _, id := range ids {
		e.add(id, Skip, why, "")
	}
}

// config says whether there is a user pool to sign in to, and makes the
// client that the other checks ask with.
func (e *exam) config() {
	c := e.Config
	switch {
	case e.ConfigErr != nil:
		e.add("config", Fail, e.ConfigErr.Error(), "mend this setting; tabgate config show tells where each comes from")
		return
	case !c.Configured():
		e.add("config", Fail, "no user pool is configured", "set COGNITO_DOMAIN and CLIENT_ID, or run tabgate config init; tabgate demo needs neither")
		return
	case e.HTTPErr != nil:
		e.add("config", Fail, e.HTTPErr.Error(), "mend ca_file (TABGATE_CA_FILE), or unset it")
		return
	}
	client, err := cognito.New(cognito.Config{
		Domain: c.Domain, ClientID: c.ClientID, ClientSecret: c.ClientSecret, LogoutURI: c.LogoutURI, Scopes: c.Scopes, Issuer: c.Issuer,
		DeviceAuthURL: c.DeviceAuthorizationURL, DeviceTokenURL: c.DeviceTokenURL,
	}, e.HTTP)
	if err != nil {
		e.add("config", Fail, err.Error(), "mend this setting; tabgate config show tells where each comes from")
		return
	}
	e.client = client
	e.add("config", OK, "profile "+c.Profile+", user pool domain "+c.Domain.Host+", app client "+c.ClientID, "")
}

// local reports whether an address is on this machine.
func local(u *url.URL) bool { return config.Loopback(u.Hostname()) }
