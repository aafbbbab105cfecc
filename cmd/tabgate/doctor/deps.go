package doctor

import (
	"net/http"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

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

// account is whose session the settings lead to.
func (d Deps) account() store.Account {
	c := d.Config
	return store.Account{Issuer: c.Issuer, Domain: c.Domain.Scheme + "://" + c.Domain.Host, ClientID: c.ClientID, Profile: c.Profile}
}

// local reports whether an address is on this machine.
func local(u *url.URL) bool { return neterr.Loopback(u.Hostname()) }
