package localpool

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// What a pool uses where Options says nothing. The lifetimes are Cognito's.
const (
	DefaultListen      = "127.0.0.1:0"
	DefaultClientID    = "tabgatelocaldemoclient0001"
	DefaultAccessTTL   = time.Hour
	DefaultRefreshTTL  = 30 * 24 * time.Hour
	DefaultMaxSessions = 20
)

// DefaultRedirectURIs are the addresses a client may be sent back to when
// Options names none.
var DefaultRedirectURIs = []string{
	"http://localhost:8501/", "http://localhost:8502/", "http://localhost:8503/",
}

// Options shape a pool. The zero Options give the demo.
type Options struct {
	Listen       string      // host:port on a loopback address; port 0 = any free one
	Users        []User      // nil = DemoPeople
	ClientID     string      // "" = DefaultClientID
	ClientSecret secret.Text // empty = a public client
	RedirectURIs []string    // matched exactly; nil = DefaultRedirectURIs
	LogoutURIs   []string    // matched exactly; RedirectURIs and SignedOutURI are always allowed too
	Now          func() time.Time
	Hooks        Hooks    // nil = none
	Groups       []string // what opens something, offered on the admin page; nil = those of the demo's people
	NoReset      bool     // nobody can reset a password; whoever opens the pages could reset anybody's, for the code is shown
	Keys         *Keys    // nil = this pool's own; tests share one, since making keys is slow

	AccessTTL   time.Duration // life of ID and access tokens
	RefreshTTL  time.Duration // life of a sign-in; rotation does not lengthen it
	Rotation    bool          // each refresh gives a new refresh token
	Grace       time.Duration // how long a rotated-out refresh token still works, 0 to 60 s
	MaxSessions int           // sign-ins a person may have; the least recently used goes first
}

func (o Options) withDefaults() Options {
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	if o.Users == nil {
		o.Users = DemoPeople()
	}
	if o.Groups == nil {
		o.Groups = []string{CreditAnalysts, Underwriters}
	}
	if o.ClientID == "" {
		o.ClientID = DefaultClientID
	}
	if len(o.RedirectURIs) == 0 {
		o.RedirectURIs = DefaultRedirectURIs
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Hooks == nil {
		o.Hooks = noHooks{}
	}
	if o.Keys == nil {
		o.Keys = NewKeys()
	}
	if o.AccessTTL == 0 {
		o.AccessTTL = DefaultAccessTTL
	}
	if o.RefreshTTL == 0 {
		o.RefreshTTL = DefaultRefreshTTL
	}
	if o.MaxSessions == 0 {
		o.MaxSessions = DefaultMaxSessions
	}
	return o
}

func (o Options) check() error {
	if o.Grace < 0 || o.Grace > time.Minute {
		return errors.New("the grace period of rotated refresh tokens is 0 to 60 s, as Cognito's")
	}
	if o.MaxSessions < 1 || o.MaxSessions > 100 {
		return errors.New("a person may have 1 to 100 sessions, as with Cognito")
	}
	for _, u := range append(append([]string(nil), o.RedirectURIs...), o.LogoutURIs...) {
		if err := CheckAddress(u); err != nil {
			return err
		}
	}
	return nil
}

// CheckAddress refuses what cannot be registered as a callback or sign-out
// address of the pool's client.
func CheckAddress(u string) error {
	parsed, err := url.Parse(u)
	if err != nil || !parsed.IsAbs() || parsed.Host == "" || strings.Contains(u, "#") || len(u) > 1024 {
		return fmt.Errorf("%q cannot be registered: give an absolute address without a fragment, such as http://localhost:8501/", u)
	}
	return nil
}
