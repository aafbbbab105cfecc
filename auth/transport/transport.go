// Package transport is the one way of this program onto the network: sign-in
// and figures ask through the same [http.RoundTripper], so that certificates,
// proxies, limits and what a request says of us are the same for both.
//
// It knows neither: it stands below auth only because sign-in must have it
// without being handed one, and data is handed its client by cmd/tabgate.
//
// From a request to its answer:
//
//	Client        its limit of time, and whether redirects are followed
//	RoundTrip     no Referer, our User-Agent; cuts the answer at its limit
//	Proxies       through which proxy, never for this machine's own addresses
//	http.Transport  TLS 1.2 or newer, HTTP/2, no cookies
//
// What fails on the way has a type of package neterr, which has the words.
package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Options are what all requests have in common. The zero Options trust the
// system's certificates and the proxies of the process's environment.
type Options struct {
	Roots     *x509.CertPool                  // nil is the system's; see Roots
	Env       func(key string) (string, bool) // names the proxies; nil is os.LookupEnv
	UserAgent string                          // "" is "tabgate"
	// Judge says of a new connection to a host, not to a proxy, why nothing may
	// be sent over it, as "what is wrong; what to do"; nil takes every one.
	Judge func(net.Conn) error
}

// Transport makes clients that share one pool of connections. It may be used
// by several goroutines.
type Transport struct {
	base    *http.Transport
	proxies Proxies
	agent   string
}

// maxHeader is how many bytes the header of an answer may have.
const maxHeader = 64 << 10

// New makes a transport. It asks nobody.
func New(o Options) *Transport {
	if o.Env == nil {
		o.Env = os.LookupEnv
	}
	t := &Transport{proxies: NewProxies(o.Env), agent: o.UserAgent}
	if t.agent == "" {
		t.agent = "tabgate"
	}
	t.base = &http.Transport{
		Proxy:                  proxyOf,
		OnProxyConnectResponse: connected,
		DialContext:            judged(o.Judge),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		TLSHandshakeTimeout:    5 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           4,
		IdleConnTimeout:        10 * time.Second,
		ForceAttemptHTTP2:      true,
	}
	return t
}

// judged dials, and closes a connection over which nothing may be sent.
func judged(judge func(net.Conn) error) func(ctx context.Context, network, address string) (net.Conn, error) {
	dial := (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: -1}).DialContext
	if judge == nil {
		return dial
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if w, ok := ctx.Value(routeKey{}).(*route); err != nil || ok && w.proxy.URL != nil {
			return c, err
		}
		if err := judge(c); err != nil {
			return nil, errors.Join(&neterr.SetupError{Err: err}, c.Close())
		}
		return c, nil
	}
}

// Limits are what one kind of request may cost.
type Limits struct {
	Bytes int64 // of an answer, uncompressed; reading more fails with neterr.TooLarge
	// Time is from connecting to the last byte, as a last resort: whoever wants
	// an error with its type sets an earlier deadline in the context, since
	// http.Client tells its own as text. 0 leaves it to the context.
	Time      time.Duration
	Redirects int // how many are followed, all within the origin; 0 hands the first one back as the answer
}

// Client makes a client with limits of its own. It keeps no cookies.
func (t *Transport) Client(l Limits) *http.Client {
	follow := noRedirect
	if l.Redirects > 0 {
		follow = withinOrigin(l.Redirects)
	}
	return &http.Client{Transport: limited{t, l.Bytes}, Timeout: l.Time, CheckRedirect: follow}
}

// CloseIdleConnections closes connections that no request uses.
func (t *Transport) CloseIdleConnections() { t.base.CloseIdleConnections() }
