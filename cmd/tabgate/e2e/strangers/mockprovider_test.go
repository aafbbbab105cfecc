package strangers

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

// mockProvider starts npm's oauth2-mock-server, with paths of its own or with
// Cognito's, and gives its issuer and the lines that it prints later.
func mockProvider(t *testing.T, paths string) (issuer string, said *bufio.Scanner) {
	t.Helper()
	modules := os.Getenv("TABGATE_MOCK_PROVIDER")
	if modules == "" {
		without(t, "TABGATE_MOCK_PROVIDER does not name a node_modules folder with oauth2-mock-server")
	}
	if _, err := os.Stat(filepath.Join(modules, "oauth2-mock-server")); err != nil {
		without(t, "oauth2-mock-server is not installed: "+err.Error())
	}
	node, err := exec.LookPath("node")
	if err != nil {
		without(t, "node is not installed")
	}
	cmd := exec.Command(node, filepath.Join("testdata", "mock_provider.mjs"), paths)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close() // It ends with its input.
		cmd.Wait()
	})
	said = bufio.NewScanner(out)
	if !said.Scan() {
		t.Fatal("the mock provider does not start")
	}
	return said.Text(), said
}

func TestTheWholeSignInAgainstAProviderOfSomebodyElse(t *testing.T) {
	tests := map[string]struct {
		known bool
		paths string
	}{
		"with the issuer configured, its own paths":      {true, "own"},
		"with the issuer configured, Cognito's paths":    {true, "cognito"},
		"trusting it on first use, with Cognito's paths": {false, "cognito"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			issuer, said := mockProvider(t, test.paths)
			domain, err := url.Parse(issuer)
			if err != nil {
				t.Fatal(err)
			}
			o := auth.Options{
				Cognito:      cognito.Config{Domain: domain, ClientID: "an-app-client"},
				RedirectURIs: []string{freeRedirect(t)}, Store: store.Memory(), StateDir: t.TempDir(),
			}
			if test.known {
				o.Cognito.Issuer = issuer
			}
			s, err := auth.New(o)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			playItThrough(t, s, issuer)
			if !said.Scan() || said.Text() != "revoked" {
				t.Errorf("the provider was not asked to revoke: %q", said.Text())
			}
		})
	}
}

// playItThrough signs in, refreshes into another group, asks who it is, and
// signs out.
func playItThrough(t *testing.T, s *auth.Service, issuer string) {
	a, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Cancel()
	pages := make(chan localpool.Final, 1)
	go func() {
		page, err := localpool.NewPerson("", "").Open(t.Context(), a.URL())
		if err != nil {
			t.Error(err)
			a.Cancel()
		}
		pages <- page
	}()
	got, err := a.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Name() != "john@example.com" || got.Sub != "johndoe" || got.Issuer != issuer || !got.In("Underwriters") || got.In("CreditAnalysts") {
		t.Errorf("signed in: %+v", got)
	}
	if page := <-pages; page.Status != 200 || !strings.Contains(page.Body, "You are signed in") || strings.Contains(page.URL, "code=") {
		t.Errorf("the browser ends at %s with %d", page.URL, page.Status)
	}
	if got, err = s.Refresh(t.Context()); err != nil || !got.In("CreditAnalysts") || got.In("Underwriters") {
		t.Errorf("refreshed: %+v, %v", got, err)
	}
	if info, err := s.UserInfo(t.Context()); err != nil || info.Sub != "johndoe" || !info.EmailVerified {
		t.Errorf("userInfo: %+v, %v", info, err)
	}
	for _, step := range s.SignOut(t.Context(), false) {
		if step.Err != nil {
			t.Errorf("sign out, %s: %v", step.Name, step.Err)
		}
	}
	if got, err = s.Restore(t.Context()); err != nil || got.SignedIn() {
		t.Errorf("afterwards: %+v, %v", got, err)
	}
}
