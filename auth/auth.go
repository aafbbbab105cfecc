package auth

import (
	"context"
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// DefaultTimeout is how long a sign-in may take in the browser.
const DefaultTimeout = 5 * time.Minute

// Options are what a Service is built from.
type Options struct {
	Cognito cognito.Config
	// Issuers narrows what the first sign-in may decide where Cognito.Issuer
	// is unknown: the two forms that a user pool id gives. A change from one
	// of them to another is the same pool's own and is followed.
	Issuers      []string
	RedirectURIs []string      // tried in order; each registered with the app client
	Ask          cognito.Ask   // whom a sign-in asks for, unless BeginAs says
	Store        store.Store   // nil keeps sessions in memory
	Former       store.Store   // where an earlier setting may have left a session, which a sign-in and a sign-out remove; may be nil
	StateDir     string        // this user's own; pins, public keys, locks and marks, never tokens; "" keeps nothing at all
	Profile      string        // of the configuration; part of the account's name
	LocalPool    bool          // the user pool is the built-in one
	Timeout      time.Duration // of a sign-in; 0 is DefaultTimeout
	NoListener   bool          // open no port, where the browser is on another machine: the answer is pasted, or comes by device code
	Now          func() time.Time
	HTTP         *http.Client // nil is cognito.HTTPClient(nil)

	// Browser starts a browser on an address and returns at once; nil means
	// there is none, for the reason BrowserNote gives.
	Browser     func(ctx context.Context, url string) error
	BrowserNote string
	// BrowserByLink says that Browser is best given an address of this
	// machine that leads to the sign-in page, where that can be had: it puts
	// what it is given into an argument list that other users can read.
	BrowserByLink bool
	// Remote gives the words for SSH, WSL and containers, with the ssh -L
	// line for the redirect address; nil or "" on a plain machine.
	Remote func(redirectURI string) string
}

// Service is the sign-in of one account. Its methods may be called from
// several goroutines; several processes may run one each on the same account.
type Service struct {
	opts     Options
	client   *cognito.Client
	storage  storage
	state    *state
	issuers  *issuers
	domains  domains
	verifier *verifier
	person   personFile
	lastPage *lastPage

	tempDir string // in place of a state directory; removed by Close

	flight singleflight.Group
	alone  chan struct{} // holds one element: who refreshes a session that no other process has
	work   tasks
	life   context.Context // of work that outlasts its caller
	end    context.CancelFunc

	alarm  func(at time.Time) (rings <-chan struct{}, stop func())
	jitter func() time.Duration
	listen func(network, address string) (net.Listener, error) // nil is net.Listen; for tests
}

// New checks the options. It reads no store and asks nobody. Its errors are
// ErrConfig.
func New(o Options) (*Service, error) {
	if err := o.setDefaults(); err != nil {
		return nil, err
	}
	if err := o.Ask.Check(); err != nil {
		return nil, mark(ErrConfig, err)
	}
	client, err := cognito.New(o.Cognito, o.HTTP)
	if err != nil {
		return nil, outside(err)
	}
	s := &Service{
		client: client, state: newState(), alone: make(chan struct{}, 1), alarm: wallAlarm,
		jitter: func() time.Duration { return mathrand.N(30 * time.Second) },
	}
	note := ""
	if o.StateDir == "" {
		// Without marks and locks that all processes share, two of them would
		// lose each other's sessions in one keyring.
		s.tempDir = filepath.Join(os.TempDir(), "tabgate-"+rand.Text())
		note = "This session will stay in memory, for there is no state directory: set HOME or XDG_STATE_HOME to keep it."
		o.StateDir, o.Store = s.tempDir, store.Memory()
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.build(o, note)
	return s, nil
}

// build makes the parts, each of which is given what it needs of the options.
func (s *Service) build(o Options, note string) {
	domain, dir := *o.Cognito.Domain, marks(o.StateDir)
	domain.Path = ""
	account := store.Account{Issuer: o.Cognito.Issuer, Domain: domain.String(), ClientID: o.Cognito.ClientID, Profile: o.Profile}
	if o.Store.Kind() != "memory" {
		o.Store = store.Indexed(o.Store, dir)
	}
	switch {
	case o.Former == nil:
	case o.Former.Kind() == "keyring":
		o.Former = store.WhereIndexed(o.Former, dir)
	default:
		o.Former = store.Indexed(o.Former, dir)
	}
	s.opts = o
	s.storage = storage{o.Store, dir, account, note}
	s.issuers = &issuers{o.Cognito.Issuer, o.Issuers, o.Cognito.Domain, account, dir, o.Now}
	s.domains = domains{s.issuers, o.HTTP, &s.work}
	s.verifier = &verifier{
		issuers: s.issuers, http: o.HTTP, dir: dir, clientID: o.Cognito.ClientID, now: o.Now,
		keys: map[string]*token.Keys{},
	}
	if !o.Cognito.AnyAudience {
		s.verifier.resource, s.verifier.identifier = o.Cognito.Resource, o.Cognito.ResourceID
	}
	s.person = newPersonFile(dir, o.Profile, o.Issuers, o.LocalPool)
	s.lastPage = newLastPage(s.life, &s.work, o.Cognito, o.NoListener)
}

// marks is the directory of what all processes may know: pins, public keys,
// locks, marks and the index of sessions.
func marks(stateDir string) string { return filepath.Join(stateDir, "auth") }

// setDefaults fills in the options that are left out.
func (o *Options) setDefaults() error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Store == nil {
		o.Store = store.Memory()
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if len(o.RedirectURIs) == 0 {
		return mark(ErrConfig, errors.New("no redirect address is set; set APP_URI to a callback URL of the app client, such as http://localhost:8501/"))
	}
	if o.HTTP == nil {
		o.HTTP = cognito.HTTPClient(nil)
	}
	return nil
}

// Close waits, for a few seconds at most, until a refresh under way is stored
// and a browser under way has its page, and ends the rest. The session stays.
func (s *Service) Close() error {
	limit := time.NewTimer(closing)
	defer limit.Stop()
	select {
	case <-s.work.done():
	case <-limit.C:
	}
	goodbye, cancel := context.WithTimeout(context.Background(), parting)
	defer cancel()
	s.lastPage.await(goodbye)
	s.lastPage.end()
	s.end()
	if s.tempDir != "" {
		return os.RemoveAll(s.tempDir)
	}
	return nil
}
