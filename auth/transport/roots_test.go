package transport

import (
	"crypto/tls"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// caFile is a CA file with the certificate of net/http/httptest's servers.
func caFile(t *testing.T) string {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	path := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(path, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestT10ACAFileAddsToTheSystems(t *testing.T) {
	path := caFile(t)
	with, err := Roots(path)
	if err != nil {
		t.Fatal(err)
	}
	if none, err := Roots(""); err != nil || none != nil {
		t.Errorf("no file means the system's: %v, %v", none, err)
	}
	again := with.Clone()
	one, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.AppendCertsFromPEM(one); !again.Equal(with) {
		t.Error("the file's certificate is not among the trusted ones")
	}
	config := New(Options{Roots: with}).base.TLSClientConfig
	if config.InsecureSkipVerify || config.MinVersion != tls.VersionTLS12 || !config.RootCAs.Equal(with) {
		t.Error("the transport does not check certificates as it should")
	}
}

func TestT10CAFilesThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tests := map[string]struct{ path, says string }{
		"T-10 that is not there":      {filepath.Join(dir, "missing.pem"), "TABGATE_CA_FILE"},
		"T-10 without a certificate":  {file("empty.pem", "no certificate", 0o600), "PEM"},
		"T-10 that is a folder":       {dir, "is a directory"},
		"T-10 of everybody":           {file("open.pem", "", 0o666), "chmod go-w"},
		"T-10 that is far too large":  {file("large.pem", strings.Repeat("x", maxRoots+1), 0o600), "larger than 1 MiB"},
		"T-10 that gives without end": {"/dev/zero", "is a device"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && strings.Contains(test.says, "chmod") {
				t.Skip("access lists, not modes, protect files on Windows")
			}
			if strings.HasPrefix(test.path, "/dev/") {
				if _, err := os.Stat(test.path); err != nil {
					t.Skipf("this system has no %s", test.path)
				}
			}
			_, err := Roots(test.path)
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
}
