// Package doctor looks for what keeps a sign-in from working and names the
// fix for each finding. It signs nobody in, changes nothing, and knows no
// screen.
package doctor

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
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
	// Away says of a failure that nobody answered: the network or the
	// provider is at fault, not what is configured.
	Away bool `json:"-"`
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
	HTTP      *http.Client // of cognito.HTTPClient, with Proxies; follows no redirect
	HTTPErr   error        // what making it said
	Proxies   transport.Proxies
	Store     store.Store   // the chosen one
	StoreErr  error         // what making it said
	StateDir  string        // where the issuer is pinned
	Stored    []store.Entry // the sessions of this user's stores
	StoredErr error         // what listing them said
	Env       func(string) string
	Now       func() time.Time
	Terminal  Terminal
	Patience  time.Duration // with one answer; 0 is 5 s. Run takes twice as long at most, three times with a provider that is not Cognito
}

// patience is how long an answer is waited for, where Deps do not say.
const patience = 5 * time.Second

// exam is one run. The fields below the first are findings that later checks
// build on.
type exam struct {
	Deps
	checks []Check

	client    *cognito.Client
	proxied   *neterr.ProxyError // the failure is the proxy's
	clientBad bool               // the app client or its secret is not right
}

// Run makes every check and reports them in the order that a person would
// fix what they find. Everybody who has to be asked is asked first, at the
// same time as far as one answer does not depend on another.
func Run(ctx context.Context, d Deps) []Check {
	e := &exam{Deps: d}
	e.Patience = cmp.Or(d.Patience, patience)
	e.config()
	said := e.ask(ctx)
	if e.client != nil {
		e.pool(ctx, said)
	} else {
		e.skip("there is no configuration to check with",
			"domain", "discovery", "issuer", "keys", "client", "secret", "redirect", "scope", "sign-out", "ports")
	}
	e.browser()
	e.keyring(said.store)
	e.sessions()
	e.clock(said.first)
	e.proxy()
	e.terminal()
	return e.checks
}

// pool makes the checks of the user pool. The ports of the redirect addresses
// are looked at here too, for they are of no use without one.
func (e *exam) pool(ctx context.Context, said answers) {
	found := said.unfound == nil
	if !found {
		e.skip("the issuer has to say first where to ask", "domain")
	}
	reached := found && e.domain(said.first)
	e.issuers(said)
	switch {
	case !found:
		e.skip("the issuer has to say first where to ask", "client", "secret", "redirect", "scope", "sign-out")
	case reached:
		e.appClient(said)
		e.redirects(said)
		e.signOut(said.signOut)
	default:
		e.skip("the domain could not be asked", "client", "secret", "redirect", "scope", "sign-out")
	}
	e.ports(ctx)
}

func (e *exam) add(id string, status Status, detail, fix string) {
	e.checks = append(e.checks, Check{ID: id, Status: status, Detail: session.Clean(detail, 400), Fix: session.Clean(fix, 400)})
}

// away is a failure because no answer came.
func (e *exam) away(id, detail, fix string) {
	e.add(id, Fail, detail, fix)
	e.checks[len(e.checks)-1].Away = true
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
	switch bad := (*config.Error)(nil); {
	case errors.As(e.ConfigErr, &bad) && bad.Fix != "":
		e.add("config", Fail, bad.Problem(), bad.Fix)
		return
	case e.ConfigErr != nil:
		e.add("config", Fail, e.ConfigErr.Error(), "fix this setting; tabgate config show tells where each comes from")
		return
	case c.Folder.State == config.Wrong:
		e.add("config", Fail, c.Folder.Why(), "fix this line, or take the sign-in out of ./.env")
		return
	case c.Folder.State == config.Waiting || c.Folder.State == config.Refused:
		e.add("config", Fail, "no user pool is configured: "+c.Folder.Why(),
			"run tabgate trust (in scripts tabgate trust --yes), or name a file of your own with --env-file")
		return
	case !c.Configured():
		e.add("config", Fail, "no user pool is configured", "set COGNITO_DOMAIN and CLIENT_ID, or run tabgate config init; tabgate demo needs neither")
		return
	case e.HTTPErr != nil:
		e.add("config", Fail, e.HTTPErr.Error(), "fix ca_file (TABGATE_CA_FILE), or unset it")
		return
	}
	client, err := cognito.New(cognito.Config{
		Domain: c.Domain, ClientID: c.ClientID, ClientSecret: c.ClientSecret, LogoutURI: c.LogoutURI, Scopes: c.Scopes, Issuer: c.Issuer,
		DeviceAuthURL: c.DeviceAuthorizationURL, DeviceTokenURL: c.DeviceTokenURL,
	}, e.HTTP)
	if err != nil {
		e.add("config", Fail, err.Error(), "fix this setting; tabgate config show tells where each comes from")
		return
	}
	e.client = client
	detail := "profile " + c.Profile + ", user pool domain " + c.Domain.Host + ", app client " + c.ClientID
	if c.Folder.State == config.Used {
		detail += ", from ./.env"
	}
	e.add("config", OK, detail, "")
}

// local reports whether an address is on this machine.
func local(u *url.URL) bool { return neterr.Loopback(u.Hostname()) }
