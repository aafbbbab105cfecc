package cognito

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

const (
	maxBody  = 1 << 20          // bytes of any answer
	deadline = 15 * time.Second // of any request, from connecting to the last byte
)

// HTTPClient makes the client for everything that sign-in asks over the
// network: answers of at most 1 MiB, 15 s in all, no redirect followed, TLS
// 1.2 or newer, proxies from the environment but never for this machine's own
// addresses. The certificates in the PEM file caFile, if one is given, are
// trusted besides the system's.
func HTTPClient(caFile string) (*http.Client, error) {
	pool, err := certificates(caFile)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		Proxy:                  proxy(proxySetting(), http.ProxyFromEnvironment),
		DialContext:            (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: -1}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool},
		TLSHandshakeTimeout:    5 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           4,
		IdleConnTimeout:        10 * time.Second,
		ForceAttemptHTTP2:      true,
	}
	return &http.Client{Transport: limited{transport}, Timeout: deadline, CheckRedirect: noRedirect}, nil
}

// certificates gives the system's trusted certificates with those of the file
// added; nil means the system's alone.
func certificates(caFile string) (*x509.CertPool, error) {
	if caFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, misconfigured("the CA file cannot be read: %v; check TABGATE_CA_FILE", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, misconfigured("the CA file %s holds no certificate in PEM form; check TABGATE_CA_FILE", caFile)
	}
	return pool, nil
}

// proxy keeps requests to this machine away from proxies. A proxy setting that
// cannot be read is an error, where net/http would go without a proxy and fail
// for no visible reason; the error never repeats it, for it may hold a
// password.
func proxy(setting string, environment func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	_, err := url.Parse(setting)
	_, err2 := url.Parse("http://" + setting)
	broken := err != nil && err2 != nil
	return func(req *http.Request) (*url.URL, error) {
		if neterr.Loopback(req.URL.Hostname()) {
			return nil, nil
		}
		address, err := environment(req)
		if err != nil || broken {
			return nil, neterr.ErrProxy
		}
		return address, nil
	}
}

// proxySetting is the environment's proxy for https, the only scheme used
// beyond this machine.
func proxySetting() string {
	if s := os.Getenv("HTTPS_PROXY"); s != "" {
		return s
	}
	return os.Getenv("https_proxy")
}

// noRedirect hands a redirect back as the answer: a request body with secrets
// never goes to a second address.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// limited cuts every answer at maxBody, for libraries that read all of it.
type limited struct{ base http.RoundTripper }

func (l limited) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := l.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &cut{resp.Body, maxBody}
	return resp, nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the
// transport inside.
func (l limited) CloseIdleConnections() {
	if c, ok := l.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// cut is a body that fails once more than left bytes came out of it.
type cut struct {
	io.ReadCloser
	left int
}

func (c *cut) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p[:min(len(p), c.left+1)])
	if n > c.left {
		return c.left, neterr.ErrTooLarge
	}
	c.left -= n
	return n, err
}

// sleep waits or gives up with the context.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait before the next try: %w", ctx.Err())
	}
}
