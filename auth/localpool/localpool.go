// Package localpool is a user pool domain shaped like Cognito's on a loopback
// address, for the demo and for tests: it shows the login pages, hands out
// codes and signs tokens. It knows nothing of the program that signs in.
//
// It is no identity provider for anything real: it shows on its pages the
// codes that a mail would bring, and everything in it ends with the process.
package localpool

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
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

	codeTTL  = 5 * time.Minute
	loginTTL = time.Hour
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
	Faults       *Faults // nil = none can be set from outside
	NoReset      bool    // nobody can reset a password; whoever opens the pages could reset anybody's, for the code is shown
	Keys         *Keys   // nil = this pool's own; tests share one, since making keys is slow

	AccessTTL   time.Duration // life of ID and access tokens
	RefreshTTL  time.Duration // life of a sign-in; rotation does not lengthen it
	Rotation    bool          // each refresh gives a new refresh token
	Grace       time.Duration // how long a rotated-out refresh token still works, 0 to 60 s
	MaxSessions int           // sign-ins a person may have; the least recently used goes first
}

// Pool is one running user pool. All its methods may be called at once from
// several goroutines.
type Pool struct {
	o        Options
	host     string // 127.0.0.1:PORT
	id       string // local_Demo…
	listener net.Listener
	server   *http.Server
	start    sync.Once
	first    sync.Once // the first request, which says that keys will be needed
	handler  http.Handler
	faults   *Faults
	keys     *Keys

	directory *directory
	codes     *codes
	grants    *grants
	visits    *visits
	rooms     rooms
	demo      bool

	csrfKey  []byte
	adminKey secret.Text // opens a room with the admin page
	apiKey   secret.Text // opens the admin API; written by Publish

	mu        sync.Mutex
	published []string
}

// New makes a pool and takes its address, but does not serve yet: connections
// wait until Start. Close frees the address.
func New(o Options) (*Pool, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	l, err := listen(o.Listen)
	if err != nil {
		return nil, err
	}
	p := &Pool{
		o: o, host: l.Addr().String(), id: "local_Demo" + randomHex(4), listener: l,
		faults: o.Faults, keys: o.Keys, codes: newCodes(), visits: newVisits(),
		csrfKey: randomBytes(32), adminKey: secret.New(randomHex(16)), apiKey: secret.New(randomHex(32)),
	}
	p.grants = newGrants(o)
	p.directory, err = newDirectory(o.Users, p.now)
	if err != nil {
		l.Close()
		return nil, err
	}
	p.demo = isDemo(o.Users)
	p.handler = p.routes()
	p.server = newServer(p)
	return p, nil
}

func (o Options) withDefaults() Options {
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	if o.Users == nil {
		o.Users = DemoPeople()
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
	if o.Faults == nil {
		o.Faults = &Faults{}
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

// Domain is the user pool domain, for example http://127.0.0.1:9229.
func (p *Pool) Domain() string { return "http://" + p.host }

// Issuer is the iss of the pool's tokens: the domain and the pool's id.
func (p *Pool) Issuer() string { return p.Domain() + "/" + p.id }

// ClientID is the id of the pool's only app client.
func (p *Pool) ClientID() string { return p.o.ClientID }

// SignedOutURI is a page of the pool that says that the browser is signed
// out, registered as a sign-out address.
func (p *Pool) SignedOutURI() string { return p.Domain() + "/signedOut" }

// afterLogout is where a client should send a browser that signs out.
func (p *Pool) afterLogout() string {
	if len(p.o.LogoutURIs) > 0 {
		return p.o.LogoutURIs[0]
	}
	return p.SignedOutURI()
}

// AdminURL opens the admin page. It holds a key: show it to the person who
// started the pool, and to nobody else.
func (p *Pool) AdminURL() string { return p.Domain() + "/admin?key=" + p.adminKey.Reveal() }

// Faults are the pool's fault switches.
func (p *Pool) Faults() *Faults { return p.faults }

// Settings are the lines that point a client at this pool, as KEY=value.
func (p *Pool) Settings() []string {
	lines := []string{
		"COGNITO_DOMAIN=" + p.Domain(),
		"CLIENT_ID=" + p.ClientID(),
		"COGNITO_ISSUER=" + p.Issuer(),
		"APP_URI=" + strings.Join(p.o.RedirectURIs, ","),
		"LOGOUT_URI=" + p.afterLogout(),
	}
	if !p.o.ClientSecret.Empty() {
		lines = append(lines, "CLIENT_SECRET="+p.o.ClientSecret.Reveal())
	}
	return lines
}

// now is the pool's clock, with the skew that a test may have set.
func (p *Pool) now() time.Time { return p.o.Now().Add(p.faults.skewed()) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // Never fails: the runtime ends the process instead.
	return b
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }

// uuid gives a random identifier in the shape of Cognito's.
func uuid() string { return shapeUUID(randomBytes(16)) }

func shapeUUID(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
