package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// certificate writes a certificate for this machine, which signs itself, and its
// key.
func (p *place) certificate(name string) (cert, key string, roots *x509.CertPool) {
	p.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		p.t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		p.t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	return p.write(name+".pem", string(text)), p.write(name+".key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))), roots
}

// A folder is served with a certificate from files, to people who know nothing
// but the address and whom to trust.
func TestServeWithACertificate(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	cert, key, roots := p.certificate("dash")
	p.file("desk/tabgate.yaml", "title: Desk\n")
	p.file("desk/pages/1_Open.yaml", strings.Replace(memberPage, "[Managers]", "[]", 1))
	p.file("desk/pages/2_Secret.yaml", strings.NewReplacer("Managers", "CreditAnalysts", "zoe", "canary").Replace(memberPage))
	g := &servedGate{t: t, place: p, log: &lockedBuffer{}}
	g.start("--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(g.url, "https://127.0.0.1:") {
		t.Fatalf("it is at %s", g.url)
	}
	get := func(t *testing.T, url string, config *tls.Config) (status int, body string, err error) {
		t.Helper()
		network := &http.Transport{TLSClientConfig: config}
		defer network.CloseIdleConnections()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := (&http.Client{Transport: network}).Do(req)
		if err != nil {
			return 0, "", err
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		return resp.StatusCode, string(text), err
	}
	open := wire.FramePath("open", "own", nil)
	t.Run("a client over TLS reads a page", func(t *testing.T) {
		if status, body, err := get(t, g.url+open, &tls.Config{RootCAs: roots}); status != http.StatusOK || body != "who\nzoe\n" {
			t.Errorf("%d %q, %v", status, body, err)
		}
	})
	t.Run("an old TLS is refused", func(t *testing.T) {
		if status, body, err := get(t, g.url+open, &tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS11}); err == nil {
			t.Errorf("%d %q", status, body)
		}
	})
	t.Run("plain text is refused", func(t *testing.T) {
		if status, body, err := get(t, "http"+strings.TrimPrefix(g.url, "https")+open, nil); err == nil && (status != http.StatusBadRequest || strings.Contains(body, "zoe")) {
			t.Errorf("%d %q", status, body)
		}
	})
	t.Run("who does not trust the certificate gets nothing, and is told so", func(t *testing.T) {
		other := newPlace(t)
		_, _, _ = other.certificate("other")
		for _, ca := range []string{"", other.home + "/other.pem"} {
			if other.env["TABGATE_CA_FILE"] = ca; ca == "" {
				delete(other.env, "TABGATE_CA_FILE")
			}
			got := other.run("connect", g.url, "--yes")
			if got.code == exitDone || !strings.Contains(got.err, "certificate") || got.out != "" {
				t.Errorf("%q: %+v", ca, got)
			}
		}
	})
	t.Run("a colleague needs the address, and whom to trust", func(t *testing.T) {
		colleague := newPlace(t)
		colleague.env["TABGATE_CA_FILE"] = cert
		if got := colleague.run("connect", g.url, "--yes"); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		if got := colleague.run("show", "open", "--format", "csv", "--server", g.url, "--yes"); got.code != exitDone || got.out != "who\nzoe\n" {
			t.Errorf("%+v", got)
		}
		if got := colleague.run("show", "secret", "--format", "csv", "--server", g.url, "--yes"); got.code != exitNotSignedIn || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("before a sign-in: %+v", got)
		}
		if got := colleague.signInBy(pool.Person("analyst@example.com", localpool.DemoPassword), "--server", g.url, "--yes"); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		if got := colleague.run("show", "secret", "--format", "csv", "--server", g.url, "--yes"); got.code != exitDone || got.out != "who\ncanary\n" {
			t.Errorf("as a member: %+v", got)
		}
	})
}
