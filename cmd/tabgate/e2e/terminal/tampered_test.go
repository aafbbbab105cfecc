//go:build !windows

package terminal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// stored gives the file of the token store of somebody who is signed in.
func stored(t *testing.T, p *place) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.home, ".local/state/tabgate/*.session"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d stored sessions (%v)", len(files), err)
	}
	return files[0]
}

func TestAStoredSessionThatWasTamperedWithIsRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]func(text string) string{
		"cut short": func(text string) string { return text[:len(text)/2] },
		"empty":     func(string) string { return "" },
		"a group written into the token": func(text string) string {
			at := strings.Index(text, `"id_token":"`) + len(`"id_token":"`) + 60
			return text[:at] + "AAAA" + text[at+4:]
		},
		"another signature": func(text string) string {
			at := strings.Index(text, `","access_token"`)
			if at < 0 {
				at = strings.Index(text, `"access_token"`) - 5
			}
			return text[:at-20] + "AAAAAAAA" + text[at-12:]
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.onPool(localpool.Options{})
			s := p.app()
			s.see("Nobody is signed in")
			s.signIn("underwriter@example.com")
			s.quit()
			file := stored(t, p)
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(change(string(text))), 0o600); err != nil {
				t.Fatal(err)
			}
			who := p.run("whoami")
			if who.code == 0 || strings.Contains(who.out, "Underwriters") || strings.Count(strings.TrimSpace(who.err), "\n") > 0 {
				t.Errorf("whoami: exit %d, %q %q", who.code, who.out, who.err)
			}
			s = p.app()
			s.press("2", pleaseLogin)
			s.signIn("underwriter@example.com")
			s.see("% Complete")
			s.quit()
		})
	}
}
