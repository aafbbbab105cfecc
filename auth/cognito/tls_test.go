package cognito

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

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
	expired := func(c *tls.Config) { c.Certificates = []tls.Certificate{certificate(t, time.Now().Add(-time.Hour))} }
	tests := map[string]struct {
		change func(*tls.Config)
		useCA  bool
		host   string // instead of 127.0.0.1
		text   string // of the refusal; "" means fine
	}{
		"T-10 unknown CA":            {same, false, "", "TABGATE_CA_FILE"},
		"T-10 the same CA, given":    {same, true, "", ""},
		"T-10 wrong host":            {same, true, "localhost", "not for localhost"},
		"T-10 expired":               {expired, true, "", "not valid now"},
		"T-10 TLS 1.1 alone":         {func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }, true, "", "1.2 or newer"},
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

// certificate vouches for 127.0.0.1 and itself until a time.
func certificate(t *testing.T, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestT10BothTheSystemsAndTheFilesCAsAreTrusted runs this test binary again
// with another CA as the system's, since crypto/x509 reads those only once.
func TestT10BothTheSystemsAndTheFilesCAsAreTrusted(t *testing.T) {
	if addresses := os.Getenv("TEST_ASK_ALL"); addresses != "" {
		for address := range strings.FieldsSeq(addresses) {
			fmt.Println("said:", refreshAt(t, address, os.Getenv("TEST_CA")))
		}
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE stands in for the system's certificates on Linux alone")
	}
	// Two servers of net/http/httptest have one certificate, so one of them
	// gets its own.
	systems, systemsFile := newTLS(t, func(*tls.Config) {})
	own, ownFile := newTLS(t, func(c *tls.Config) {
		c.Certificates = []tls.Certificate{certificate(t, time.Now().Add(time.Hour))}
	})
	ask := func(file string) string {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestT10BothTheSystemsAndTheFilesCAsAreTrusted$")
		cmd.Env = append(os.Environ(), "TEST_ASK_ALL="+systems+" "+own, "TEST_CA="+file, "SSL_CERT_FILE="+systemsFile, "SSL_CERT_DIR=/nonexistent")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%v: %s", err, out)
		}
		return string(out)
	}
	if out := ask(ownFile); strings.Count(out, "said: <nil>") != 2 {
		t.Errorf("T-10: with the file: %s", out)
	}
	if out := ask(""); strings.Count(out, "said: <nil>") != 1 {
		t.Errorf("T-10: without the file: %s", out)
	}
}
