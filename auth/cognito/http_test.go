package cognito

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// refreshAt asks a domain at an address with our own HTTP client.
func refreshAt(t *testing.T, address, caFile string) error {
	t.Helper()
	hc, err := HTTPClient(caFile)
	if err != nil {
		t.Fatal(err)
	}
	defer hc.CloseIdleConnections()
	c, err := New(config(address), hc)
	if err != nil {
		t.Fatal(err)
	}
	c.sleep = func(context.Context, time.Duration) error { return nil }
	_, err = c.Refresh(t.Context(), secret.New(oldRefresh))
	return err
}

// newTLS is a domain with a certificate that only its own CA file vouches
// for.
func newTLS(t *testing.T, change func(*tls.Config)) (address, caFile string) {
	t.Helper()
	server := httptest.NewUnstartedServer(says(200, refreshed))
	server.TLS = &tls.Config{}
	change(server.TLS)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of clients that refuse it
	server.StartTLS()
	t.Cleanup(server.Close)
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.TLS.Certificates[0].Certificate[0]})
	if err := os.WriteFile(caFile, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, caFile
}

func TestT10TLS(t *testing.T) {
	same := func(*tls.Config) {}
	expired := func(c *tls.Config) { c.Certificates = []tls.Certificate{expiredCertificate(t)} }
	tests := map[string]struct {
		change func(*tls.Config)
		useCA  bool
		host   string // instead of 127.0.0.1
		text   string // of the refusal; "" means fine
	}{
		"T-10 unknown CA":            {same, false, "", "CA file"},
		"T-10 the same CA, given":    {same, true, "", ""},
		"T-10 wrong host":            {same, true, "localhost", "not for localhost"},
		"T-10 expired":               {expired, true, "", "not valid now"},
		"T-10 TLS 1.1 alone":         {func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, true, "", "cannot be reached"},
		"T-10 TLS 1.2 is still fine": {func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }, true, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			address, caFile := newTLS(t, test.change)
			if !test.useCA {
				caFile = ""
			}
			if test.host != "" {
				address = strings.Replace(address, "127.0.0.1", test.host, 1)
			}
			err := refreshAt(t, address, caFile)
			if test.text == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			if e := asError(t, err); e.Kind != Unreachable || !strings.Contains(e.Help, test.text) {
				t.Errorf("got %v: %v", e.Kind, e)
			}
		})
	}
}

// expiredCertificate vouches for 127.0.0.1 until an hour ago.
func expiredCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(-time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestT10ACAFileAddsToTheSystems(t *testing.T) {
	_, caFile := newTLS(t, func(*tls.Config) {})
	with, err := certificates(caFile)
	if err != nil {
		t.Fatal(err)
	}
	only := with.Clone()
	system, err := certificates("")
	if err != nil || system != nil {
		t.Errorf("no file means the system's: %v, %v", system, err)
	}
	one, _ := os.ReadFile(caFile)
	if only.AppendCertsFromPEM(one); !only.Equal(with) {
		t.Error("the file's certificate is not in the pool")
	}
	hc, err := HTTPClient(caFile)
	if err != nil {
		t.Fatal(err)
	}
	config := hc.Transport.(limited).base.(*http.Transport).TLSClientConfig
	if config.InsecureSkipVerify || config.MinVersion != tls.VersionTLS12 || !config.RootCAs.Equal(with) {
		t.Error("T-10: the transport does not check certificates as it should")
	}
}

func TestT10CAFilesThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{filepath.Join(dir, "missing.pem"), empty, dir} {
		if _, err := HTTPClient(file); asError(t, err).Kind != Misconfigured {
			t.Errorf("%s: got %v", file, err)
		}
	}
}

func TestPlainHTTPBehindAnHTTPSAddress(t *testing.T) {
	server := httptest.NewServer(says(200, refreshed))
	defer server.Close()
	err := refreshAt(t, strings.Replace(server.URL, "http:", "https:", 1), "")
	if e := asError(t, err); e.Kind != Unreachable {
		t.Errorf("got %v: %v", e.Kind, e)
	}
}

func TestNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	err = refreshAt(t, "http://"+listener.Addr().String(), "")
	if e := asError(t, err); e.Kind != Unreachable || !strings.Contains(e.Help, "check the network") {
		t.Errorf("got %v: %v", e.Kind, e)
	}
}

func TestT3EveryAnswerIsCut(t *testing.T) {
	tests := map[string]struct {
		size int
		fine bool
	}{"nothing": {0, true}, "a megabyte": {1 << 20, true}, "one byte more": {1<<20 + 1, false}, "ten megabytes": {10 << 20, false}}
	for name, test := range tests {
		t.Run("T-3 "+name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, test.size)) }))
			defer server.Close()
			hc, err := HTTPClient("")
			if err != nil {
				t.Fatal(err)
			}
			defer hc.CloseIdleConnections()
			resp, err := hc.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			data, err := io.ReadAll(resp.Body)
			if (err == nil) != test.fine || !test.fine && !errors.Is(err, errTooLarge) || len(data) > maxBody {
				t.Errorf("read %d bytes, %v", len(data), err)
			}
		})
	}
}

func TestT4TheClientHasATotalDeadline(t *testing.T) {
	hc, err := HTTPClient("")
	if err != nil || hc.Timeout != 15*time.Second {
		t.Errorf("got %v, %v", hc.Timeout, err)
	}
	if c, err := New(config("https://x.example"), nil); err != nil || c.limit != 15*time.Second || c.hc.Timeout != 15*time.Second {
		t.Errorf("a client made without one: %v", err)
	}
}

func TestT12ThisMachineIsNeverAskedThroughAProxy(t *testing.T) {
	always := proxy("", func(*http.Request) (*url.URL, error) { return url.Parse("http://proxy.example:3128") })
	tests := map[string]bool{
		"https://my.auth.us-west-2.amazoncognito.com/": true,
		"http://127.0.0.1:9229/":                       false,
		"http://localhost:9229/":                       false,
		"http://LOCALHOST:9229/":                       false,
		"http://[::1]:9229/":                           false,
		"https://127.9.9.9/":                           false,
		"https://localhost.example.com/":               true,
	}
	for address, through := range tests {
		got, err := always(httptest.NewRequest("GET", address, nil))
		if err != nil || (got != nil) != through {
			t.Errorf("T-12 %s: proxy %v, %v", address, got, err)
		}
	}
}

// TestT12ProxyOfTheEnvironment runs this test binary again with a proxy in its
// environment, since net/http reads that only once.
func TestT12ProxyOfTheEnvironment(t *testing.T) {
	if address := os.Getenv("TEST_ASK"); address != "" {
		fmt.Println("said:", refreshAt(t, address, ""))
		return
	}
	var connects []string
	through := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connects = append(connects, r.Method+" "+r.Host)
		w.WriteHeader(http.StatusBadGateway)
	}))
	defer through.Close()
	direct := newDomain(t, says(200, refreshed))
	ask := func(address, proxy string) string {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestT12ProxyOfTheEnvironment$")
		cmd.Env = append(os.Environ(), "TEST_ASK="+address, "HTTPS_PROXY="+proxy, "HTTP_PROXY="+proxy, "NO_PROXY=", "no_proxy=", "https_proxy=", "http_proxy=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v: %s", err, out)
		}
		return string(out)
	}
	out := ask("https://my.auth.us-west-2.amazoncognito.com", through.URL)
	if len(connects) == 0 || connects[0] != "CONNECT my.auth.us-west-2.amazoncognito.com:443" || !strings.Contains(out, "cannot be reached") {
		t.Errorf("T-12: the proxy saw %q, said %s", connects, out)
	}
	before := len(connects)
	if out = ask(direct.URL, through.URL); !strings.Contains(out, "said: <nil>") || len(connects) != before {
		t.Errorf("T-12: this machine was asked through the proxy: %s", out)
	}
	out = ask("https://my.auth.us-west-2.amazoncognito.com", "http://user:canary\x7f@proxy.example:3128")
	if strings.Contains(out, "canary") || !strings.Contains(out, "HTTPS_PROXY") {
		t.Errorf("T-11: a proxy address that cannot be read: %s", out)
	}
}
